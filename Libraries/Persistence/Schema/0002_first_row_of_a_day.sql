-- The partition of a day that has rows by now is made while writers are blocked at the table, also when no row has been seen yet: the first one may come between that
-- look-up and the attachment, be routed to the default partition, wait there, and violate the bounds that it has afterwards. No row comes for a day in the future.
create or replace function persistence.ensure_day(base regclass, key text, day date) returns void language plpgsql as $$
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
    if late or day <= (now() at time zone 'UTC')::date then
        execute format('lock table %s in access exclusive mode', base);
        execute format('with moved as (delete from %s where %I >= %L and %I < %L returning *) insert into %s select * from moved',
            persistence.day_partition(base), key, lowest, key, above, name);
    end if;
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', base, name, lowest, above);
end $$;
