using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Reviews.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "authors",
                columns: table => new
                {
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authors", x => x.member_id);
                });

            migrationBuilder.CreateTable(
                name: "ratings",
                columns: table => new
                {
                    product_id = table.Column<Guid>(type: "uuid", nullable: false),
                    stars = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ratings", x => x.product_id);
                });

            migrationBuilder.CreateTable(
                name: "received_products",
                columns: table => new
                {
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    product_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_received_products", x => new { x.member_id, x.product_id });
                });

            migrationBuilder.CreateTable(
                name: "reviews",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    product_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    stars = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviews", x => x.id);
                    table.CheckConstraint("ck_reviews_stars_are_sane", "stars between 1 and 5");
                });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_product_id_id",
                table: "reviews",
                columns: new[] { "product_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_product_id_member_id",
                table: "reviews",
                columns: new[] { "product_id", "member_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reviews_product_id_stars_id",
                table: "reviews",
                columns: new[] { "product_id", "stars", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "authors");

            migrationBuilder.DropTable(
                name: "ratings");

            migrationBuilder.DropTable(
                name: "received_products");

            migrationBuilder.DropTable(
                name: "reviews");
        }
    }
}
