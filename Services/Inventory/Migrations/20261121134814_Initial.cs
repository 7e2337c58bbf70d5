using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Inventory.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reservation",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    product_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    quantities = table.Column<int[]>(type: "integer[]", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("reservation_pkey", x => x.order_id);
                    table.CheckConstraint("reservation_is_finished_or_reserved", "(status = 'reserved') = (finished_at is null)");
                    table.CheckConstraint("reservation_lines_are_whole", "cardinality(product_ids) = cardinality(quantities)");
                    table.CheckConstraint("reservation_status_is_known", "status in ('reserved', 'confirmed', 'released', 'expired', 'restocked')");
                });

            migrationBuilder.CreateTable(
                name: "stock",
                columns: table => new
                {
                    product_id = table.Column<Guid>(type: "uuid", nullable: false),
                    on_hand = table.Column<long>(type: "bigint", nullable: false),
                    reserved = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("stock_pkey", x => x.product_id);
                    table.CheckConstraint("stock_on_hand_is_not_negative", "on_hand >= 0");
                    table.CheckConstraint("stock_reserved_is_on_hand", "reserved between 0 and on_hand");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateIndex(
                name: "reservation_expiring",
                table: "reservation",
                column: "expires_at",
                filter: "status = 'reserved'");

            migrationBuilder.CreateIndex(
                name: "reservation_finished",
                table: "reservation",
                column: "finished_at",
                filter: "finished_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reservation");

            migrationBuilder.DropTable(
                name: "stock");
        }
    }
}
