using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Ordering.Migrations
{
    /// <summary>The lines of an order have the product's name in English, too. They are JSON in its row: only the model changes, and rows from before are read without.</summary>
    public partial class LineNamesInEnglish : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
