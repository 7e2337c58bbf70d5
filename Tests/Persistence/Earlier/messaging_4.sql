-- 0001_messaging
-- Messaging's own tables, one schema beside the service's. Never edited once released: a change is a new file.

-- ---------------------------------------------------------------------------------------------------------- outbox
-- Append-only. Nothing is updated or deleted; a day is a partition, and old days are dropped.
-- xact tells in which transaction a row was written: the relay reads what became visible between two snapshots.
create table messaging.outbox (
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

create index outbox_unread on messaging.outbox (shard, xact);

-- Where rows land whose day has no partition: a late clock or a maintenance that did not run must not stop the shop.
create table messaging.outbox_default partition of messaging.outbox default;

-- One row per shard: how far it has been read, and who reads it now (database time).
-- While more rows are unread than one read takes, window_to and position say how far within the window from read_to to window_to.
create table messaging.outbox_shard (
    shard       smallint    primary key,
    read_to     pg_snapshot not null default '1:1:',
    window_to   pg_snapshot,
    position    bigint      not null default 0,
    from_event  uuid        not null default '00000000-0000-0000-0000-000000000000',
    generation  integer     not null default 0,
    owner       uuid,
    lease_until timestamptz not null default '-infinity'
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

insert into messaging.outbox_shard (shard) select generate_series(0, 15);

-- The highest offset each partition of a topic has acknowledged: a broker whose end lies below it has lost data.
create table messaging.outbox_offset (
    topic       text    not null,
    partition   integer not null,
    acked       bigint  not null,
    primary key (topic, partition)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- The replicas alive now: they share the shards evenly.
create table messaging.replica (
    id          uuid        primary key,
    seen_until  timestamptz not null
) with (fillfactor = 50);

-- On which cluster this database lives. Another one: restored from a dump, transaction ids may have gone backwards.
create table messaging.home (
    only_one          boolean primary key default true check (only_one),
    system_identifier bigint  not null
);

insert into messaging.home (system_identifier) select system_identifier from pg_control_system();

-- Renews this replica's presence and leases, gives up what is more than its fair share, takes what nobody holds.
create function messaging.lease_shards(me uuid, lease interval) returns smallint[]
language plpgsql as $$
declare
    fair integer;
    mine integer;
begin
    insert into messaging.replica as r (id, seen_until) values (me, now() + lease)
        on conflict (id) do update set seen_until = excluded.seen_until;
    delete from messaging.replica where seen_until < now() - interval '10 minutes';
    select ceil(16.0 / count(*)) into fair from messaging.replica where seen_until > now();

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
-- One row per event and consumer, written in the transaction of the effect. Partitioned by the event's own time.
create table messaging.inbox (
    event_id uuid not null,
    consumer text not null,
    primary key (event_id, consumer)
) partition by range (event_id);

create table messaging.inbox_default partition of messaging.inbox default;

-- Events that a handler cannot digest, and those of the same key behind them.
create table messaging.dead_letter (
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

create index dead_letter_parked on messaging.dead_letter (consumer, key, position) where status = 'parked';

-- -------------------------------------------------------------------------------------------------------- commands
-- What an idempotent command answered, by its key {scope}/{name}/{do|undo}. undone without an answer is a tombstone.
create table messaging.command (
    scope    uuid    not null,
    name     text    not null,
    answer   bytea,
    undone   boolean not null default false,
    undo_answer bytea,
    primary key (scope, name)
) partition by range (scope);

create table messaging.command_default partition of messaging.command default;

-- ----------------------------------------------------------------------------------------------------------- sagas
create table messaging.saga (
    id          uuid        primary key,
    type        text        not null,
    subject     text,
    version     bigint      not null default 0,
    state       jsonb       not null,
    step        text,
    status      text        not null default 'running' check (status in ('running', 'compensating', 'completed', 'compensated')),
    reason      text,
    attempts    integer     not null default 0,
    started_at  timestamptz not null default now(),
    within      interval    not null,
    due_at      timestamptz not null default now(),
    lease_owner uuid,
    lease_until timestamptz not null default now() + interval '30 seconds',
    ended_at    timestamptz,
    traceparent text,
    tracestate  text
) with (fillfactor = 70);

create index saga_due on messaging.saga (due_at) where ended_at is null;
create index saga_unfinished on messaging.saga (id) where ended_at is null;
create index saga_subject on messaging.saga (subject) where subject is not null;

-- The operators' timeline: one row per attempt, written with the state it led to.
create table messaging.saga_log (
    saga_id    uuid        not null,
    seq        bigint      not null,
    step       text        not null,
    undo       boolean     not null,
    attempt    integer     not null,
    outcome    text        not null,
    error      text,
    started_at timestamptz not null,
    duration   interval    not null,
    trace_id   text,
    primary key (saga_id, seq)
) partition by range (saga_id);

create table messaging.saga_log_default partition of messaging.saga_log default;

-- ------------------------------------------------------------------------------------------------------ partitions
-- The lowest UUIDv7 of an instant.
create function messaging.first_id(at timestamptz) returns uuid immutable language sql as $$
    select (substr(t, 1, 8) || '-' || substr(t, 9, 4) || '-0000-0000-000000000000')::uuid
    from lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') t
$$;

create function messaging.partition_key(base text) returns text immutable language sql as $$
    select case base when 'command' then 'scope' when 'saga_log' then 'saga_id' else 'event_id' end
$$;

-- Makes the partition of the day that lies the given number of days ahead. Attached, not created in place: attaching lets readers and writers go on.
create function messaging.ensure_partition(base text, ahead integer) returns void language plpgsql as $$
declare
    day  timestamptz := date_trunc('day', now(), 'UTC') + ahead * interval '24 hours';
    name text := base || '_' || to_char(day at time zone 'UTC', 'YYYYMMDD');
    id   text := messaging.partition_key(base);
begin
    if to_regclass('messaging.' || name) is not null then
        return;
    end if;
    execute format('create table messaging.%I (like messaging.%I including all excluding identity)', name, base);
    -- Rows that came before their partition move into it.
    execute format('with moved as (delete from messaging.%I where %I >= %L and %I < %L returning *) insert into messaging.%I select * from moved',
        base || '_default', id, messaging.first_id(day), id, messaging.first_id(day + interval '24 hours'), name);
    execute format('alter table messaging.%I attach partition messaging.%I for values from (%L) to (%L)',
        base, name, messaging.first_id(day), messaging.first_id(day + interval '24 hours'));
end $$;

create function messaging.drop_partitions(base text, retention interval) returns integer language plpgsql as $$
declare
    oldest text := base || '_' || to_char((now() - retention) at time zone 'UTC', 'YYYYMMDD');
    part   text;
    gone   integer := 0;
begin
    for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ('messaging.' || base)::regclass and c.relname ~ '_[0-9]{8}$' and c.relname < oldest
    loop
        execute format('drop table messaging.%I', part);
        gone := gone + 1;
    end loop;
    execute format('delete from messaging.%I where %I < %L', base || '_default',
        messaging.partition_key(base), messaging.first_id(now() - retention));
    return gone;
end $$;
-- 0002_saga_left_open
-- A saga's outcomes are carried in memory up to its pivot. Whoever takes one over from a replica that died does not know how far it came:
-- then every step up to the pivot may have been attempted. Said once, it stays so.
alter table messaging.saga add column left_open boolean not null default false;
-- 0003_replica_presence
-- A replica that has announced itself holds an advisory lock in the session with which it listens, for as long as its process lives:
-- when it dies its session ends, and nobody needs to wait until its leases do.
alter table messaging.replica add column announced boolean not null default false;

-- Shared, for two replicas may have the same key: then the one's death is not seen while the other lives, and its leases end by themselves.
create function messaging.be_present(me uuid) returns void language sql as $$
    select pg_advisory_lock_shared(x'73686f70'::integer, hashtext(me::text))   -- "shop"
$$;

-- Nobody holds the replica's lock. Whoever asks holds it himself until his transaction ends: the replica cannot come back meanwhile.
create function messaging.is_silent(replica uuid) returns boolean language sql as $$
    select pg_try_advisory_xact_lock(x'73686f70'::integer, hashtext(replica::text))
$$;

create function messaging.silent_replicas(me uuid) returns uuid[] language sql as $$
    select array(select id from messaging.replica where case when announced and id <> me then messaging.is_silent(id) end)
$$;

-- What the dead ones among them held is anybody's at once. Sagas keep their owner: they were left in the middle.
create function messaging.bury(replicas uuid[]) returns uuid[] language sql as $$
    with dead as (
        delete from messaging.replica where case when announced and id = any(replicas) then messaging.is_silent(id) end returning id
    ), shards as (
        update messaging.outbox_shard set owner = null, lease_until = now() where owner in (select id from dead)
    ), sagas as (
        update messaging.saga set lease_until = now() where ended_at is null and lease_until > now() and lease_owner in (select id from dead)
    )
    select array(select id from dead)
$$;
-- 0004_days_and_retention
-- Rows of a day that has no partition land in the default partition. When the day's partition is made late, they move into it while writers wait: a row that came
-- between the move and the attaching would make the attaching fail, now and for ever. Writers are stopped at the table itself, so that afterwards their rows are routed
-- anew; one that waited for the default partition would violate its new bounds. The strongest lock at once: a weaker one would have to be raised for attaching, and deadlock with
-- a transaction that has read the table and now writes. The caller's lock_timeout bounds how long anybody waits.
create or replace function messaging.ensure_partition(base text, ahead integer) returns void language plpgsql as $$
declare
    day    timestamptz := date_trunc('day', now(), 'UTC') + ahead * interval '24 hours';
    name   text := base || '_' || to_char(day at time zone 'UTC', 'YYYYMMDD');
    id     text := messaging.partition_key(base);
    lowest uuid := messaging.first_id(day);
    above  uuid := messaging.first_id(day + interval '24 hours');
    late   boolean;
begin
    if to_regclass('messaging.' || name) is not null then
        return;
    end if;
    execute format('create table messaging.%I (like messaging.%I including all excluding identity)', name, base);
    execute format('select exists (select from messaging.%I where %I >= %L and %I < %L)', base || '_default', id, lowest, id, above) into late;
    if late then
        execute format('lock table messaging.%I in access exclusive mode', base);
        execute format('with moved as (delete from messaging.%I where %I >= %L and %I < %L returning *) insert into messaging.%I select * from moved',
            base || '_default', id, lowest, id, above, name);
    end if;
    execute format('alter table messaging.%I attach partition messaging.%I for values from (%L) to (%L)', base, name, lowest, above);
end $$;

-- What may not be dropped, however old: an event that its shard has not published, the log of a saga that has not ended.
create function messaging.still_needed(base text) returns text immutable language sql as $$
    select case base
        when 'outbox' then 'exists (select from messaging.outbox_shard s
            where s.shard = r.shard and not pg_visible_in_snapshot(r.xact, s.read_to))'
        when 'saga_log' then 'exists (select from messaging.saga s where s.id = r.saga_id and s.ended_at is null)'
        else 'false'
    end
$$;

create or replace function messaging.drop_partitions(base text, retention interval) returns integer language plpgsql as $$
declare
    oldest text := base || '_' || to_char((now() - retention) at time zone 'UTC', 'YYYYMMDD');
    part   text;
    needed boolean;
    gone   integer := 0;
begin
    for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ('messaging.' || base)::regclass and c.relname ~ '_[0-9]{8}$' and c.relname < oldest
    loop
        execute format('select exists (select from messaging.%I r where %s)', part, messaging.still_needed(base)) into needed;
        continue when needed;
        execute format('drop table messaging.%I', part);
        gone := gone + 1;
    end loop;
    execute format('delete from messaging.%I r where %I < %L and not %s', base || '_default',
        messaging.partition_key(base), messaging.first_id(now() - retention), messaging.still_needed(base));
    return gone;
end $$;
