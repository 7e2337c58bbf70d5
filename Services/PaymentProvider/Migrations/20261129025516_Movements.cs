using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.PaymentProvider.Migrations
{
    /// <summary>The feed of movements, with those of the charges so far: their order and times are known only roughly.</summary>
    public partial class Movements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The lock is that of MovementTable.LockKey.
            migrationBuilder.Sql("""
                create sequence movements_sequence;
                create function next_movement() returns bigint language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(7885651650548166260);
                    return nextval('movements_sequence');
                end $$;
                """);

            migrationBuilder.CreateTable(
                name: "movements",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "next_movement()"),
                    charge_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    refunded = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_movements", x => x.sequence);
                });

            migrationBuilder.Sql("""
                insert into movements (sequence, charge_id, idempotency_key, kind, amount, currency, refunded, at)
                select row_number() over (order by c.id, m.step), c.id, c.idempotency_key, m.kind, m.amount, c.currency, case m.kind when 'refund' then c.refunded else 0 end, c.created_at
                from charges c cross join lateral (values
                    (1, 'authorise', c.authorised),
                    (2, 'void', case when c.voided then c.authorised else 0 end),
                    (3, 'capture', c.captured),
                    (4, 'refund', c.refunded)) m (step, kind, amount)
                where m.amount > 0;
                select setval('movements_sequence', count(*) + 1, false) from movements;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "movements");
            migrationBuilder.Sql("drop function next_movement(); drop sequence movements_sequence;");
        }
    }
}
