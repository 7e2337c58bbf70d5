-- A topic that was deleted and made again has the same name and another id. Offsets belong to an id: those of the old topic mean nothing in the new one.

-- What the relay publishes to.
create table messaging.outbox_topic (
    topic       text    primary key,
    topic_id    text    not null
);

-- In which topic of that name the group's committed offset of a partition lies.
create table messaging.consumed_partition (
    topic       text    not null,
    partition   integer not null,
    topic_id    text    not null,
    primary key (topic, partition)
);
