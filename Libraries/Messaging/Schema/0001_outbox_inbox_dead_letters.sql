-- Messaging's own tables, one schema beside the service's. Never edited once released: a change is a new file.

create schema if not exists messaging;

-- Databases from before each library had its own scripts: their tables stay, and objects that now belong to Persistence are dropped.
alter table if exists messaging.home rename to cluster_identity;
alter index if exists messaging.home_pkey rename to cluster_identity_pkey;
alter table if exists messaging.inbox add column if not exists written_at timestamptz not null default now();
drop table if exists messaging.schema_version, messaging.replica, messaging.command;
drop function if exists messaging.be_present(uuid), messaging.is_silent(uuid), messaging.silent_replicas(uuid), messaging.bury(uuid[]), messaging.first_id(timestamptz),
    messaging.partition_key(text), messaging.ensure_partition(text, integer), messaging.drop_partitions(text, interval), messaging.still_needed(text),
    messaging.time_of(uuid), messaging.is_uuid(regclass, text), messaging.first_key(regclass, text, date), messaging.day_partition(regclass, date),
    messaging.wanted_days(regclass, text), messaging.missing_days(regclass, text), messaging.ensure_day(regclass, text, date),
    messaging.drop_days(regclass, text, interval, text);

-- ---------------------------------------------------------------------------------------------------------- outbox
-- Append-only: rows are not updated or deleted; each day is a partition, and old days are dropped.
-- xact is the transaction that wrote the row: the relay reads the rows that became visible between two snapshots.
create table if not exists messaging.outbox (
    event_id    uuid     not null,
    xact        xid8     not null default pg_current_xact_id(),
    position    bigint   not null generated always as identity,
    shard       smallint not null,
    topic       text     not null,
    key         text     not null,
    type        text     not null,
    traceparent text,
    tracestate  text,
    headers     jsonb,
    payload     bytea    not null,
    primary key (event_id)
) partition by range (event_id);

create index if not exists outbox_unread on messaging.outbox (shard, xact);

-- For rows whose day has no partition: a wrong clock or housekeeping that did not run must not make inserts fail.
create table if not exists messaging.outbox_default partition of messaging.outbox default;

-- One row per shard: the cursor, and the replica that holds the lease (database time).
-- While a read is incomplete, window_to is the upper end of the window from read_to, and position the last one published in it.
create table if not exists messaging.outbox_shard (
    shard       smallint    primary key,
    read_to     pg_snapshot not null default '1:1:',
    window_to   pg_snapshot,
    position    bigint      not null default 0,
    from_event  uuid        not null default '00000000-0000-0000-0000-000000000000',
    generation  integer     not null default 0,
    owner       uuid,
    lease_until timestamptz not null default '-infinity'
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

insert into messaging.outbox_shard (shard) select generate_series(0, 15) on conflict do nothing;

-- The highest acknowledged offset of each partition: a broker whose end offset is lower has lost data.
create table if not exists messaging.outbox_offset (
    topic       text    not null,
    partition   integer not null,
    acked       bigint  not null,
    primary key (topic, partition)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- The ids of the topics that the relay publishes to. A recreated topic has the same name and a new id, and offsets of the old one are meaningless in it.
create table if not exists messaging.outbox_topic (
    topic       text    primary key,
    topic_id    text    not null
);

-- The cluster of this database. On another cluster the database was restored from a dump, and transaction ids may have gone backwards.
create table if not exists messaging.cluster_identity (
    only_one          boolean primary key default true check (only_one),
    system_identifier bigint  not null
);

insert into messaging.cluster_identity (system_identifier) select system_identifier from pg_control_system() on conflict do nothing;

-- Renews this replica's leases, releases those beyond its fair share, and takes free or expired ones up to it.
create or replace function messaging.lease_shards(me uuid, lease interval) returns smallint[]
language plpgsql as $$
declare
    fair integer;
    mine integer;
begin
    select ceil(16.0 / count(*)) into fair from (select id from persistence.replica where seen_until > now() union select me) present;

    update messaging.outbox_shard set owner = null, lease_until = now()
        where owner = me and shard in (select shard from messaging.outbox_shard where owner = me order by shard offset fair);
    update messaging.outbox_shard set lease_until = now() + lease where owner = me;
    get diagnostics mine = row_count;

    if mine < fair then
        update messaging.outbox_shard set owner = me, lease_until = now() + lease
            where shard in (select shard from messaging.outbox_shard
                            where owner is distinct from me and (owner is null or lease_until < now())
                            order by shard limit fair - mine for update skip locked);
    end if;
    return array(select shard from messaging.outbox_shard where owner = me order by shard);
end $$;

-- ----------------------------------------------------------------------------------------------------------- inbox
-- One row per event and consumer, written in the transaction of the handler's changes. Partitioned by the event's own time.
create table if not exists messaging.inbox (
    event_id   uuid        not null,
    consumer   text        not null,
    written_at timestamptz not null default now(),   -- retention counts from here, not from the event's own time
    primary key (event_id, consumer)
) partition by range (event_id);

create table if not exists messaging.inbox_default partition of messaging.inbox default;

-- The topic id to which the group's committed offset of a partition belongs.
create table if not exists messaging.consumed_partition (
    topic       text    not null,
    partition   integer not null,
    topic_id    text    not null,
    primary key (topic, partition)
);

-- Events that a handler could not process, and later events of the same key.
create table if not exists messaging.dead_letter (
    id           uuid        primary key,
    position     bigint      not null generated always as identity,
    event_id     uuid        not null,
    consumer     text        not null,
    topic        text        not null,
    partition    integer     not null,
    record       bigint      not null,
    key          text        not null,
    type         text        not null,
    source       text        not null,
    occurred_at  timestamptz not null,
    traceparent  text,
    payload      bytea       not null,
    reason       text        not null,
    stack        text,
    attempts     integer     not null,
    trace_id     text,
    parked_at    timestamptz not null default now(),
    status       text        not null default 'parked' check (status in ('parked', 'replayed', 'discarded')),
    resolved_at  timestamptz,
    resolved_by  text,
    resolution   text,
    unique (event_id, consumer)
);

create index if not exists dead_letter_parked on messaging.dead_letter (consumer, key, position) where status = 'parked';
