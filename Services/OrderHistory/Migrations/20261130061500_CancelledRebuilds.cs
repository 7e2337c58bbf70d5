using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.OrderHistory.Migrations
{
    /// <inheritdoc />
    public partial class CancelledRebuilds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_rebuilds_state_is_known",
                table: "rebuilds");

            migrationBuilder.AddColumn<long>(
                name: "orders_after",
                table: "rebuilds",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "orders_before",
                table: "rebuilds",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_rebuilds_state_is_known",
                table: "rebuilds",
                sql: "state in ('running', 'swapped', 'failed', 'cancelled')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_rebuilds_state_is_known",
                table: "rebuilds");

            migrationBuilder.Sql("delete from rebuilds where state = 'cancelled'");

            migrationBuilder.DropColumn(
                name: "orders_after",
                table: "rebuilds");

            migrationBuilder.DropColumn(
                name: "orders_before",
                table: "rebuilds");

            migrationBuilder.AddCheckConstraint(
                name: "ck_rebuilds_state_is_known",
                table: "rebuilds",
                sql: "state in ('running', 'swapped', 'failed')");
        }
    }
}
