-- One scheme of day partitions for Messaging's tables and the service's own: a table, and the column that says on which day a row belongs, a UUIDv7 or a timestamptz.

-- When a mark was written, which is not when its event began: retention counts from here. What is there now counts as written now.
alter table messaging.inbox add column written_at timestamptz not null default now();

-- No service has used it: commands are known by the order's id, in the callee's own tables.
drop table messaging.command;

drop function messaging.drop_partitions(text, interval);
drop function messaging.still_needed(text);
drop function messaging.ensure_partition(text, integer);
drop function messaging.partition_key(text);

create function messaging.is_uuid(base regclass, key text) returns boolean stable language sql as $$
    select atttypid = 'uuid'::regtype from pg_attribute where attrelid = base and attname = key
$$;

-- The instant whose lowest UUIDv7 lies at or before an id: by its first bits, as partitions are, whatever version it has.
create function messaging.time_of(id uuid) returns timestamptz immutable language sql as $$
    select to_timestamp(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)
$$;

-- The lowest key of a day (UTC).
create function messaging.first_key(base regclass, key text, day date) returns text stable language sql as $$
    select case when messaging.is_uuid(base, key) then messaging.first_id(day::timestamp at time zone 'UTC')::text else (day::timestamp at time zone 'UTC')::text end
$$;

-- The name of a day's partition, or of the default partition.
create function messaging.day_partition(base regclass, day date default null) returns text stable language sql as $$
    select format('%I.%I', n.nspname, c.relname || '_' || coalesce(to_char(day, 'YYYYMMDD'), 'default'))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = base
$$;

-- The days that should have a partition: today, tomorrow, and those of rows that came while there was none. What lies further away than any retention or any clock stays in the default partition.
create function messaging.wanted_days(base regclass, key text) returns setof date language plpgsql as $$
declare
    today date := (now() at time zone 'UTC')::date;
begin
    return query execute format($sql$
        select $1 union select $1 + 1 union
        select d from (select (%s at time zone 'UTC')::date from %s) r (d) where d between $1 - 100 and $1 + 31
        $sql$, format(case when messaging.is_uuid(base, key) then 'messaging.time_of(%I)' else '%I' end, key), messaging.day_partition(base)) using today;
end $$;

create function messaging.missing_days(base regclass, key text) returns setof date language sql as $$
    select d from messaging.wanted_days(base, key) d where to_regclass(messaging.day_partition(base, d)) is null
$$;

-- Rows of a day that has no partition are written to the default partition. When the day's partition is made late, they move into it while writers wait: a row that came
-- between the move and the attaching would make the attaching fail, now and for ever. Writers are stopped at the table itself, so that afterwards their rows are routed
-- anew; one that waited for the default partition would violate its new bounds. The strongest lock at once: a weaker one would have to be raised for attaching, and deadlock
-- with a transaction that has read the table and now writes. The caller's lock_timeout bounds how long anybody waits.
create function messaging.ensure_day(base regclass, key text, day date) returns void language plpgsql as $$
declare
    name   text := messaging.day_partition(base, day);
    lowest text := messaging.first_key(base, key, day);
    above  text := messaging.first_key(base, key, day + 1);
    late   boolean;
begin
    if to_regclass(name) is not null then
        return;
    end if;
    execute format('create table %s (like %s including all excluding identity)', name, base);
    execute format('select exists (select from %s where %I >= %L and %I < %L)', messaging.day_partition(base), key, lowest, key, above) into late;
    if late then
        execute format('lock table %s in access exclusive mode', base);
        execute format('with moved as (delete from %s where %I >= %L and %I < %L returning *) insert into %s select * from moved',
            messaging.day_partition(base), key, lowest, key, above, name);
    end if;
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', base, name, lowest, above);
end $$;

-- Drops the days that lie wholly before the retention, but for those of which a row is still needed: a condition on r, in which $1 is the retention. Rows of the default partition go one by one.
create function messaging.drop_days(base regclass, key text, retention interval, needed text) returns integer language plpgsql as $$
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
        -- Again when nobody can write: a row that came in between would be dropped.
        execute format('lock table %s in access exclusive mode', base);
        execute format('select exists (select from %s r where %s)', part, needed) into keep using retention;
        continue when keep;
        execute format('drop table %s', part);
        gone := gone + 1;
    end loop;
    execute format('delete from %s r where %I < %L and not %s', messaging.day_partition(base), key, messaging.first_key(base, key, oldest), needed) using retention;
    return gone;
end $$;
