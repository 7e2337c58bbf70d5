using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Catalog.Migrations
{
    /// <summary>The lexemes, which nothing but the index reads, compressed: a third of the room. Rows that are there follow when they are written again.</summary>
    public partial class SmallerLexemes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table search_document alter column lexemes set storage extended;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table search_document alter column lexemes set storage external;");
        }
    }
}
