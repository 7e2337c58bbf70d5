using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Catalog.Migrations
{
    /// <summary>
    /// What a SKU looks like, unique. Of those that are there and look the same the oldest keeps the looks; the others stay known by their own SKU, and imports go on changing them.
    /// </summary>
    public partial class SkuLookalikes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "sku_lookalike",
                table: "product",
                type: "text",
                nullable: true);

            // As TextForm.Lookalike, as far as PostgreSQL can; new rows get it from there.
            migrationBuilder.Sql("""
                with looks as (
                    select id, lower(normalize(regexp_replace(sku, U&'[\00AD\034F\061C\180B-\180F\200B-\200F\202A-\202E\2060-\206F\3164\FE00-\FE0F\FEFF\FFA0]', '', 'g'), nfkc)) as looks
                    from product where sku is not null)
                update product set sku_lookalike = oldest.looks
                from (select distinct on (looks) id, looks from looks order by looks, id) oldest
                where oldest.id = product.id
                """);

            migrationBuilder.CreateIndex(
                name: "product_by_sku_lookalike",
                table: "product",
                column: "sku_lookalike",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "product_by_sku_lookalike",
                table: "product");

            migrationBuilder.DropColumn(
                name: "sku_lookalike",
                table: "product");
        }
    }
}
