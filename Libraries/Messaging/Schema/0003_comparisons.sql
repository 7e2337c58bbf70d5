-- What was published on a day, compared with what the handlers of this service have applied of it.

-- The days that were compared, or are being compared: due again after due_at, unless that is infinity.
create table if not exists messaging.compared_day (
    day    date        primary key,
    claim  uuid        not null,
    due_at timestamptz not null
);

-- The handlers that were there when the first comparison began are compared from the first day on; one that is added later, from the next day on: it does not get the
-- events from before it existed.
create table if not exists messaging.compared_handler (
    consumer text        primary key,
    since    timestamptz not null
);

-- The last result of each day, handler and kind of event.
create table if not exists messaging.comparison (
    day          date        not null,
    consumer     text        not null,
    topic        text        not null,
    type         text        not null,
    published    bigint      not null,
    unpublished  bigint      not null,
    missing      bigint      not null,
    requested    bigint      not null,   -- of all comparisons of the day
    compared_at  timestamptz not null default now(),
    requested_at timestamptz,
    primary key (day, consumer, topic, type)
);
