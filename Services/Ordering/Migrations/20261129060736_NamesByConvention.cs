using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Ordering.Migrations
{
    /// <summary>Tables, keys and indexes are named by EFCore.NamingConventions. Renamed only: no index is built again.</summary>
    public partial class NamesByConvention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table orders rename constraint "PK_orders" to pk_orders;
            alter index orders_of_member rename to ix_orders_member_id_id;
            alter index orders_by_status rename to ix_orders_status_id;
            alter table placed_request rename to answered_requests;
            alter table answered_requests rename constraint placed_request_pkey to pk_answered_requests;

            -- The function that makes the days' partitions finds them by name.
            do $$
            declare
                part text;
            begin
                for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'answered_requests'::regclass
                loop
                    execute format('alter table %I rename to %I', part, replace(part, 'placed_request', 'answered_requests'));
                end loop;
            end $$;

            drop trigger placed_request_once on answered_requests;
            drop function placed_request_once();
            create function answered_requests_once() returns trigger language plpgsql set lock_timeout = '2s' as $$
            begin
                begin
                    perform pg_advisory_xact_lock(hashtext(new.member_id::text), hashtext(new.key));
                exception when lock_not_available then
                    raise unique_violation using constraint = 'answered_requests_in_use', message = 'the key is being used';
                end;
                -- A statement of its own: its snapshot is taken when the lock is held.
                if exists (select from answered_requests r where r.member_id = new.member_id and r.key = new.key
                        and r.placed_at > new.placed_at - interval '24 hours') then
                    raise unique_violation using constraint = 'answered_requests_once', message = 'the key was used';
                end if;
                return new;
            end $$;
            create trigger answered_requests_once before insert on answered_requests for each row execute function answered_requests_once();
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table orders rename constraint pk_orders to "PK_orders";
            alter index ix_orders_member_id_id rename to orders_of_member;
            alter index ix_orders_status_id rename to orders_by_status;
            alter table answered_requests rename to placed_request;
            alter table placed_request rename constraint pk_answered_requests to placed_request_pkey;

            -- The function that makes the days' partitions finds them by name.
            do $$
            declare
                part text;
            begin
                for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'placed_request'::regclass
                loop
                    execute format('alter table %I rename to %I', part, replace(part, 'answered_requests', 'placed_request'));
                end loop;
            end $$;

            drop trigger answered_requests_once on placed_request;
            drop function answered_requests_once();
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
            create trigger placed_request_once before insert on placed_request for each row execute function placed_request_once();
            """);
    }
}
