using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class ProductSku : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "sku",
                table: "product",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "product_by_sku",
                table: "product",
                column: "sku",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "product_by_sku",
                table: "product");

            migrationBuilder.DropColumn(
                name: "sku",
                table: "product");
        }
    }
}
