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
