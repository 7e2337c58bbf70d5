using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.PaymentProvider.Migrations
{
    /// <summary>Finds the answers that are past their time.</summary>
    public partial class AnswersByAge : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.CreateIndex(name: "ix_answers_answered_at", table: "answers", column: "answered_at");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.DropIndex(name: "ix_answers_answered_at", table: "answers");
    }
}
