using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Ordering.Migrations
{
    /// <inheritdoc />
    public partial class OrderCancellation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "call",
                table: "placed_request",
                type: "text",
                nullable: false,
                defaultValue: "PlaceOrder");

            migrationBuilder.AddColumn<string>(
                name: "cancel_note",
                table: "orders",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "orders_by_status",
                table: "orders",
                columns: new[] { "status", "id" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "orders_by_status",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "call",
                table: "placed_request");

            migrationBuilder.DropColumn(
                name: "cancel_note",
                table: "orders");
        }
    }
}
