using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Shop.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "category",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    name_ko = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("category_pkey", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "product_stock",
                columns: table => new
                {
                    product_id = table.Column<Guid>(type: "uuid", nullable: false),
                    available = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("product_stock_pkey", x => x.product_id);
                });

            migrationBuilder.CreateTable(
                name: "product",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    category_id = table.Column<string>(type: "text", nullable: false),
                    price = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    image_url = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    description_en = table.Column<string>(type: "text", nullable: false),
                    description_ko = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    name_ko = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("product_pkey", x => x.id);
                    table.CheckConstraint("product_price_is_positive", "price > 0");
                    table.ForeignKey(
                        name: "product_category_fkey",
                        column: x => x.category_id,
                        principalTable: "category",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "search_document",
                columns: table => new
                {
                    product_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    lexemes = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("search_document_pkey", x => x.product_id);
                    table.ForeignKey(
                        name: "search_document_product_fkey",
                        column: x => x.product_id,
                        principalTable: "product",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "category",
                columns: new[] { "id", "name_en", "name_ko", "position" },
                values: new object[,]
                {
                    { "audio", "Audio", "오디오", 2 },
                    { "bags", "Bags", "가방", 7 },
                    { "camping", "Camping", "캠핑", 6 },
                    { "coffee", "Coffee & tea", "커피·차", 9 },
                    { "furniture", "Furniture", "가구", 4 },
                    { "keyboards", "Keyboards", "키보드", 1 },
                    { "kitchen", "Kitchen", "주방용품", 3 },
                    { "lighting", "Lighting", "조명", 5 },
                    { "pets", "Pets", "반려동물", 10 },
                    { "stationery", "Stationery", "문구", 8 }
                });

            migrationBuilder.CreateIndex(
                name: "product_by_category",
                table: "product",
                columns: new[] { "category_id", "id" });

            migrationBuilder.CreateIndex(
                name: "product_by_category_and_price",
                table: "product",
                columns: new[] { "category_id", "price", "id" });

            migrationBuilder.CreateIndex(
                name: "product_by_price",
                table: "product",
                columns: new[] { "price", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "product_stock");

            migrationBuilder.DropTable(
                name: "search_document");

            migrationBuilder.DropTable(
                name: "product");

            migrationBuilder.DropTable(
                name: "category");
        }
    }
}
