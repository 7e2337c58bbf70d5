using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Payments.Migrations
{
    /// <inheritdoc />
    public partial class ReconcileColumns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_intents_look_at",
                table: "intents");

            migrationBuilder.RenameColumn(
                name: "looks",
                table: "intents",
                newName: "reconcile_attempts");

            migrationBuilder.RenameColumn(
                name: "look_at",
                table: "intents",
                newName: "reconcile_at");

            migrationBuilder.CreateIndex(
                name: "ix_intents_reconcile_at",
                table: "intents",
                column: "reconcile_at",
                filter: "reconcile_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_intents_reconcile_at",
                table: "intents");

            migrationBuilder.RenameColumn(
                name: "reconcile_attempts",
                table: "intents",
                newName: "looks");

            migrationBuilder.RenameColumn(
                name: "reconcile_at",
                table: "intents",
                newName: "look_at");

            migrationBuilder.CreateIndex(
                name: "ix_intents_look_at",
                table: "intents",
                column: "look_at",
                filter: "look_at is not null");
        }
    }
}
