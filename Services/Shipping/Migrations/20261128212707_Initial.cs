using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Shipping.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "shipment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    tracking_number = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    dispatched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("shipment_pkey", x => x.id);
                    table.CheckConstraint("shipment_has_ended_or_goes_on", "(status in ('created', 'dispatched')) = (ended_at is null)");
                    table.CheckConstraint("shipment_has_left_if_dispatched", "(status in ('dispatched', 'delivered', 'failed')) = (dispatched_at is not null)");
                    table.CheckConstraint("shipment_is_whole_or_a_tombstone", "(member_id is null) = (tracking_number is null) and (member_id is not null or status = 'called_off')");
                    table.CheckConstraint("shipment_status_is_known", "status in ('created', 'dispatched', 'delivered', 'failed', 'called_off')");
                });

            migrationBuilder.CreateIndex(
                name: "shipment_by_status",
                table: "shipment",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "shipment_of_order",
                table: "shipment",
                column: "order_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "shipment_to_deliver",
                table: "shipment",
                column: "dispatched_at",
                filter: "status = 'dispatched'");

            migrationBuilder.CreateIndex(
                name: "shipment_to_dispatch",
                table: "shipment",
                column: "created_at",
                filter: "status = 'created'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shipment");
        }
    }
}
