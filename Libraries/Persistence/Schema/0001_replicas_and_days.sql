-- Persistence's own tables and functions, one schema beside the service's. Never edited once released: a change is a new file.

-- ---------------------------------------------------------------------------------------------------------- replicas
-- The replicas of the service that are present now. An announced replica holds an advisory lock in its listening session. The session ends with the process, so that
-- its leases can be released before they expire.
create table persistence.replica (
    id         uuid        not null,
    seen_until timestamptz not null,
    announced  boolean     not null default false,
    constraint replica_pkey primary key (id)
) with (fillfactor = 50);

create function persistence.renew_presence(me uuid, presence interval) returns void language sql as $$
    insert into persistence.replica as r (id, seen_until) values (me, now() + presence) on conflict (id) do update set seen_until = excluded.seen_until;
    delete from persistence.replica where seen_until < now() - interval '10 minutes';
$$;

-- Shared, because two ids may have the same hash: then a dead replica is not detected while the other one lives, and its leases expire.
create function persistence.hold_presence(me uuid) returns void language sql as $$
    select pg_advisory_lock_shared(x'73686f70'::integer, hashtext(me::text))   -- "shop"
$$;

-- True: no session holds the replica's lock. The caller holds it until its transaction ends, so that the replica cannot announce itself again meanwhile.
create function persistence.is_silent(replica uuid) returns boolean language sql as $$
    select pg_try_advisory_xact_lock(x'73686f70'::integer, hashtext(replica::text))
$$;

create function persistence.silent_replicas(me uuid) returns uuid[] language sql as $$
    select array(select id from persistence.replica where case when announced and id <> me then persistence.is_silent(id) end)
$$;

-- Returns those that are dead. The caller releases their leases in the same transaction.
create function persistence.remove_dead_replicas(replicas uuid[]) returns uuid[] language sql as $$
    with dead as (delete from persistence.replica where case when announced and id = any(replicas) then persistence.is_silent(id) end returning id)
    select array(select id from dead)
$$;

-- ----------------------------------------------------------------------------------------------------- day partitions
-- One scheme for the libraries' tables and the service's own: a table, and its partition key (a UUIDv7 or a timestamptz), which gives a row's day (UTC).

-- The lowest UUIDv7 of an instant.
create function persistence.first_id(at timestamptz) returns uuid immutable language sql as $$
    select (substr(t, 1, 8) || '-' || substr(t, 9, 4) || '-0000-0000-000000000000')::uuid
    from lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') t
$$;

create function persistence.is_uuid(base regclass, key text) returns boolean stable language sql as $$
    select atttypid = 'uuid'::regtype from pg_attribute where attrelid = base and attname = key
$$;

-- The instant of an id by its first 48 bits, whatever its version: partitions are bounded by the same bits.
create function persistence.time_of(id uuid) returns timestamptz immutable language sql as $$
    select to_timestamp(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)
$$;

-- The lowest key of a day (UTC).
create function persistence.first_key(base regclass, key text, day date) returns text stable language sql as $$
    select case when persistence.is_uuid(base, key) then persistence.first_id(day::timestamp at time zone 'UTC')::text else (day::timestamp at time zone 'UTC')::text end
$$;

-- The name of a day's partition, or of the default partition.
create function persistence.day_partition(base regclass, day date default null) returns text stable language sql as $$
    select format('%I.%I', n.nspname, c.relname || '_' || coalesce(to_char(day, 'YYYYMMDD'), 'default'))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = base
$$;

-- The days that should have a partition: today, tomorrow, and the days of rows in the default partition. Rows further away than any retention or clock error stay there.
create function persistence.wanted_days(base regclass, key text) returns setof date language plpgsql as $$
declare
    today date := (now() at time zone 'UTC')::date;
begin
    return query execute format($sql$
        select $1 union select $1 + 1 union
        select d from (select (%s at time zone 'UTC')::date from %s) r (d) where d between $1 - 100 and $1 + 31
        $sql$, format(case when persistence.is_uuid(base, key) then 'persistence.time_of(%I)' else '%I' end, key), persistence.day_partition(base)) using today;
end $$;

create function persistence.missing_days(base regclass, key text) returns setof date language sql as $$
    select d from persistence.wanted_days(base, key) d where to_regclass(persistence.day_partition(base, d)) is null
$$;

-- Rows of a day without a partition are written to the default partition. When the day's partition is created late, they are transferred to it while writers wait: a row
-- written between the transfer and the attachment would make the attachment fail permanently. Writers are blocked at the table itself, so that their rows are routed
-- anew afterwards; a writer blocked at the default partition would violate its new bounds. The strongest lock is taken at once: upgrading a weaker one could deadlock
-- with a transaction that has read the table and then writes. The caller's lock_timeout bounds the wait.
create function persistence.ensure_day(base regclass, key text, day date) returns void language plpgsql as $$
declare
    name   text := persistence.day_partition(base, day);
    lowest text := persistence.first_key(base, key, day);
    above  text := persistence.first_key(base, key, day + 1);
    late   boolean;
begin
    if to_regclass(name) is not null then
        return;
    end if;
    execute format('create table %s (like %s including all excluding identity)', name, base);
    execute format('select exists (select from %s where %I >= %L and %I < %L)', persistence.day_partition(base), key, lowest, key, above) into late;
    if late then
        execute format('lock table %s in access exclusive mode', base);
        execute format('with moved as (delete from %s where %I >= %L and %I < %L returning *) insert into %s select * from moved',
            persistence.day_partition(base), key, lowest, key, above, name);
    end if;
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', base, name, lowest, above);
end $$;

-- Drops the days that end before now - retention, except those with a row that is still needed (a condition on r, in which $1 is the retention). Expired rows of the
-- default partition are deleted.
create function persistence.drop_days(base regclass, key text, retention interval, needed text) returns integer language plpgsql as $$
declare
    oldest date := ((now() - retention) at time zone 'UTC')::date;
    part   regclass;
    keep   boolean;
    gone   integer := 0;
begin
    for part in select c.oid from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = base and c.relname ~ '_[0-9]{8}$' and right(c.relname, 8) < to_char(oldest, 'YYYYMMDD')
    loop
        execute format('select exists (select from %s r where %s)', part, needed) into keep using retention;
        continue when keep;
        -- Checked again with writers blocked: a row written in between would be dropped.
        execute format('lock table %s in access exclusive mode', base);
        execute format('select exists (select from %s r where %s)', part, needed) into keep using retention;
        continue when keep;
        execute format('drop table %s', part);
        gone := gone + 1;
    end loop;
    execute format('delete from %s r where %I < %L and not %s', persistence.day_partition(base), key, persistence.first_key(base, key, oldest), needed) using retention;
    return gone;
end $$;
