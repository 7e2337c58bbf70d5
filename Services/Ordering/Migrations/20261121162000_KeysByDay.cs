using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Ordering.Migrations
{
    /// <summary>Idempotency keys in a partition a day. Why no key is used twice all the same is said in <c>PlacedRequestTable</c>.</summary>
    public partial class KeysByDay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table placed_request rename to placed_request_before;
            alter index placed_request_pkey rename to placed_request_before_pkey;

            create table placed_request (
                member_id    uuid        not null,
                key          text        not null,
                request_hash bytea       not null,
                order_id     uuid        not null,
                answer       bytea       not null,
                placed_at    timestamptz not null,
                constraint placed_request_pkey primary key (member_id, key, placed_at)
            ) partition by range (placed_at);

            -- Where rows land whose day has no partition: a late clock or a clean-up that did not run must not stop the shop.
            create table placed_request_default partition of placed_request default;

            create function placed_request_once() returns trigger language plpgsql set lock_timeout = '2s' as $$
            begin
                begin
                    perform pg_advisory_xact_lock(hashtext(new.member_id::text), hashtext(new.key));
                exception when lock_not_available then
                    raise unique_violation using constraint = 'placed_request_in_use', message = 'the key is being used';
                end;
                -- A statement of its own: its snapshot is taken when the lock is held.
                if exists (select from placed_request r where r.member_id = new.member_id and r.key = new.key
                        and r.placed_at > new.placed_at - interval '24 hours') then
                    raise unique_violation using constraint = 'placed_request_once', message = 'the key was used';
                end if;
                return new;
            end $$;

            -- A day is made as a table of its own and then attached: that lets readers and writers go on.
            create function add_placed_request_day(day date) returns void language plpgsql as $$
            declare
                name     text        := 'placed_request_' || to_char(day, 'YYYYMMDD');
                midnight timestamptz := day::timestamp at time zone 'UTC';
            begin
                if to_regclass(name) is not null then
                    return;
                end if;
                execute format('create table %I (like placed_request including all)', name);
                -- Rows that came before their partition move into it.
                execute format('with moved as (delete from placed_request_default where placed_at >= %L and placed_at < %L returning *) insert into %I select * from moved',
                    midnight, midnight + interval '24 hours', name);
                execute format('alter table placed_request attach partition %I for values from (%L) to (%L)', name, midnight, midnight + interval '24 hours');
            end $$;

            -- Today's and tomorrow's days come, those that lie wholly before the time kept go. One at a time, and never waiting long for a lock: whoever waits
            -- for a strong one makes everybody else wait.
            create function tidy_placed_requests(at timestamptz, kept interval) returns void language plpgsql set lock_timeout = '2s' as $$
            declare
                today date := (at at time zone 'UTC')::date;
                part  text;
            begin
                if not pg_try_advisory_xact_lock(hashtext('placed_request'), 0) then
                    return;
                end if;
                perform add_placed_request_day(today);
                perform add_placed_request_day(today + 1);
                for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                            where i.inhparent = 'placed_request'::regclass and c.relname ~ '_[0-9]{8}$'
                              and c.relname < 'placed_request_' || to_char((at - kept) at time zone 'UTC', 'YYYYMMDD')
                loop
                    execute format('drop table %I', part);
                end loop;
                delete from placed_request_default where placed_at < at - kept;
            end $$;

            select tidy_placed_requests(now(), interval '25 hours');

            -- The keys of the last day stand for their orders on. The answer is a PlaceOrderResponse: field 1 the order's id, field 2 "pending".
            insert into placed_request (member_id, key, request_hash, order_id, answer, placed_at)
            select member_id, key, request_hash, order_id,
                   '\x0a24'::bytea || convert_to(order_id::text, 'UTF8') || '\x1207'::bytea || convert_to('pending', 'UTF8'), placed_at
            from placed_request_before where placed_at > now() - interval '24 hours';

            create trigger placed_request_once before insert on placed_request for each row execute function placed_request_once();

            drop table placed_request_before;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            create table placed_request_before (
                member_id    uuid        not null,
                key          text        not null,
                request_hash bytea       not null,
                order_id     uuid        not null,
                placed_at    timestamptz not null
            );
            insert into placed_request_before
            select distinct on (member_id, key) member_id, key, request_hash, order_id, placed_at
            from placed_request order by member_id, key, placed_at desc;

            drop table placed_request;
            drop function placed_request_once();
            drop function tidy_placed_requests(timestamptz, interval);
            drop function add_placed_request_day(date);

            alter table placed_request_before rename to placed_request;
            alter table placed_request add constraint placed_request_pkey primary key (member_id, key);
            create index placed_request_age on placed_request (placed_at);
            """);
    }
}
