using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Payments.Migrations
{
    /// <summary>Several refunds of an order, which never sum to more than was captured; and the comparison with the provider's ledger.</summary>
    public partial class PartialRefunds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_transfers_order_id_kind",
                table: "transfers");

            migrationBuilder.AddColumn<long>(
                name: "refunded",
                table: "transfers",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "refunded",
                table: "intents",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "differences",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    charge_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ours = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    theirs = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    repaired = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_differences", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_comparison",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    movement = table.Column<long>(type: "bigint", nullable: false),
                    attempt = table.Column<Guid>(type: "uuid", nullable: false),
                    compared = table.Column<long>(type: "bigint", nullable: false),
                    compared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_comparison", x => x.id);
                    table.CheckConstraint("ck_ledger_comparison_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "seen_movements",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seen_movements", x => x.sequence);
                });

            migrationBuilder.CreateIndex(
                name: "ux_transfers_order_id_kind_refunded",
                table: "transfers",
                columns: new[] { "order_id", "kind", "refunded" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_differences_order_id",
                table: "differences",
                column: "order_id",
                filter: "not repaired");

            migrationBuilder.CreateIndex(
                name: "ix_seen_movements_order_id",
                table: "seen_movements",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_seen_movements_seen_at",
                table: "seen_movements",
                column: "seen_at");

            migrationBuilder.Sql("""
                update intents set refunded = amount where status = 'refunded' and amount is not null;
                insert into ledger_comparison (id, movement, attempt, compared, due_at) values (1, 0, '00000000-0000-0000-0000-000000000000', 0, now());

                -- Deferred to the commit: a capture and its refund may be recorded together.
                create function check_refunds() returns trigger language plpgsql as $$
                begin
                    if (select sum(p.amount) from transfers t join postings p on p.transfer_id = t.id where t.order_id = new.order_id and p.account = 'taken') < 0 then
                        raise exception 'Order % is refunded more than was captured.', new.order_id using errcode = 'check_violation';
                    end if;
                    return null;
                end $$;
                create constraint trigger transfers_refunded after insert on transfers
                    deferrable initially deferred for each row when (new.kind = 'refund') execute function check_refunds();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                drop trigger transfers_refunded on transfers;
                drop function check_refunds();
                """);

            migrationBuilder.DropTable(
                name: "differences");

            migrationBuilder.DropTable(
                name: "ledger_comparison");

            migrationBuilder.DropTable(
                name: "seen_movements");

            migrationBuilder.DropIndex(
                name: "ux_transfers_order_id_kind_refunded",
                table: "transfers");

            migrationBuilder.DropColumn(
                name: "refunded",
                table: "transfers");

            migrationBuilder.DropColumn(
                name: "refunded",
                table: "intents");

            migrationBuilder.CreateIndex(
                name: "ux_transfers_order_id_kind",
                table: "transfers",
                columns: new[] { "order_id", "kind" },
                unique: true);
        }
    }
}
