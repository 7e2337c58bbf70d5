using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Payments.Migrations
{
    /// <summary>The ledger's two promises, kept by the database itself: nothing written is changed, and every transfer sums to zero per currency.</summary>
    public partial class ImmutableLedger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                create function refuse_change_of_ledger() returns trigger language plpgsql as $$
                begin
                    raise exception 'The ledger is append-only: % of % is refused. Correct a mistake by another transfer.', lower(tg_op), tg_table_name
                        using errcode = 'restrict_violation';
                end $$;

                create trigger transfers_append_only before update or delete or truncate on transfers
                    for each statement execute function refuse_change_of_ledger();
                create trigger postings_append_only before update or delete or truncate on postings
                    for each statement execute function refuse_change_of_ledger();

                -- Deferred to the commit: only then all postings of a transfer are there.
                create function check_transfer() returns trigger language plpgsql as $$
                declare
                    the_transfer uuid := case tg_table_name when 'transfers' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'transfer_id' end;
                begin
                    if (select count(*) from postings where transfer_id = the_transfer) < 2 then
                        raise exception 'Transfer % has fewer than two postings.', the_transfer using errcode = 'check_violation';
                    end if;
                    if exists (select from postings where transfer_id = the_transfer group by currency having sum(amount) <> 0) then
                        raise exception 'The postings of transfer % do not sum to zero.', the_transfer using errcode = 'check_violation';
                    end if;
                    return null;
                end $$;

                create constraint trigger transfers_balanced after insert on transfers
                    deferrable initially deferred for each row execute function check_transfer();
                create constraint trigger postings_balanced after insert on postings
                    deferrable initially deferred for each row execute function check_transfer();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                drop trigger postings_balanced on postings;
                drop trigger transfers_balanced on transfers;
                drop function check_transfer();
                drop trigger postings_append_only on postings;
                drop trigger transfers_append_only on transfers;
                drop function refuse_change_of_ledger();
                """);
        }
    }
}
