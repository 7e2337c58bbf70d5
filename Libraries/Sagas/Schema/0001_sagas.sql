-- The sagas' own tables, one schema beside the service's. Never edited once released: a change is a new file.

create schema if not exists sagas;

-- Databases from before Sagas was a library of its own.
do $$ declare part regclass; begin
    if to_regclass('messaging.saga') is not null then
        for part in select 'messaging.saga'::regclass union all select 'messaging.saga_log'::regclass
                    union all select inhrelid::regclass from pg_inherits where inhparent = 'messaging.saga_log'::regclass
        loop
            execute format('alter table %s set schema sagas', part);
        end loop;
        alter table sagas.saga rename column left_open to in_doubt;
    end if;
end $$;

create table if not exists sagas.saga (
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
    -- A run ended without writing how far it came: every step up to the pivot may have been attempted. Once set, it stays set.
    in_doubt    boolean     not null default false,
    traceparent text,
    tracestate  text
) with (fillfactor = 70);

create index if not exists saga_due on sagas.saga (due_at) where ended_at is null;
create index if not exists saga_unfinished on sagas.saga (id) where ended_at is null;
create index if not exists saga_subject on sagas.saga (subject) where subject is not null;

-- One row per attempt, written with the resulting state.
create table if not exists sagas.saga_log (
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

create table if not exists sagas.saga_log_default partition of sagas.saga_log default;
