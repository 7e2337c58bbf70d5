-- The messaging tables of a service, as far as a check reads them.
create schema messaging;
create schema persistence;
create schema sagas;

create function persistence.first_id(at timestamptz) returns uuid immutable language sql as $$
    select (substr(t, 1, 8) || '-' || substr(t, 9, 4) || '-0000-0000-000000000000')::uuid
    from lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') t
$$;

-- The n-th event of a service, of today.
create function event(service int, n int) returns uuid language sql as $$
    select (substr(persistence.first_id('{today}')::text, 1, 14) || '7000-8000-' || lpad(service::text, 6, '0') || lpad(n::text, 6, '0'))::uuid
$$;

create table messaging.outbox (event_id uuid primary key, position bigint, topic text, key text, type text);
create table messaging.inbox (event_id uuid, consumer text);
create table messaging.dead_letter (event_id uuid, consumer text, type text, key text, reason text, status text default 'parked');
create table sagas.saga (
    id uuid primary key default uuidv7(), type text default 'CheckoutSaga', subject text, status text, step text,
    started_at timestamptz default now(), within interval default '10 minutes', ended_at timestamptz default now());
