using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.OrderHistory.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "day_figures",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_day_figures", x => new { x.day, x.name, x.shard });
                });

            migrationBuilder.CreateTable(
                name: "minute_figures",
                columns: table => new
                {
                    minute = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_minute_figures", x => new { x.minute, x.name, x.shard });
                });

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    status = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    cancel_note = table.Column<string>(type: "text", nullable: true),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    subtotal = table.Column<long>(type: "bigint", nullable: true),
                    discount = table.Column<long>(type: "bigint", nullable: true),
                    total = table.Column<long>(type: "bigint", nullable: true),
                    lines = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'"),
                    timeline = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'"),
                    placed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_after = table.Column<int>(type: "integer", nullable: true),
                    rejected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancelled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    payment_version = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    payment_status = table.Column<string>(type: "text", nullable: true),
                    payment_amount = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    payment_refunded = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    payment_attempts = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    shipment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    shipment_status = table.Column<string>(type: "text", nullable: true),
                    shipment_reason = table.Column<string>(type: "text", nullable: true),
                    tracking_number = table.Column<string>(type: "text", nullable: true),
                    shipment_created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    shipment_dispatched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    shipment_ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rebuilds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    events_read = table.Column<long>(type: "bigint", nullable: false),
                    events_total = table.Column<long>(type: "bigint", nullable: false),
                    swapped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rebuilds", x => x.id);
                    table.CheckConstraint("ck_rebuilds_state_is_known", "state in ('running', 'swapped', 'failed')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_member_id_id",
                table: "orders",
                columns: new[] { "member_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_orders_status_id",
                table: "orders",
                columns: new[] { "status", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_rebuilds_state",
                table: "rebuilds",
                column: "state",
                unique: true,
                filter: "state = 'running'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "day_figures");

            migrationBuilder.DropTable(
                name: "minute_figures");

            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropTable(
                name: "rebuilds");
        }
    }
}
