using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Catalog.Migrations
{
    /// <summary>Tables, keys and indexes are named by EFCore.NamingConventions. Renamed only: no index is built again.</summary>
    public partial class NamesByConvention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table search_document rename to search_documents;
            alter table product_stock rename to stock;
            alter table product rename to products;
            alter table category rename to categories;
            alter table search_documents rename constraint search_document_pkey to pk_search_documents;
            alter table stock rename constraint product_stock_pkey to pk_stock;
            alter table products rename constraint product_pkey to pk_products;
            alter table categories rename constraint category_pkey to pk_categories;
            alter table products rename constraint product_category_fkey to fk_products_categories_category_id;
            alter table search_documents rename constraint search_document_product_fkey to fk_search_documents_products_product_id;
            alter table products rename constraint product_price_is_positive to ck_products_price_is_positive;
            alter index product_by_sku_lookalike rename to ix_products_sku_lookalike;
            alter index product_by_sku rename to ix_products_sku;
            alter index product_by_price rename to ix_products_price_id;
            alter index product_by_category_and_price rename to ix_products_category_id_price_id;
            alter index product_by_category rename to ix_products_category_id_id;
            alter index search_document_lexemes rename to ix_search_documents_lexemes;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter index ix_search_documents_lexemes rename to search_document_lexemes;
            alter index ix_products_category_id_id rename to product_by_category;
            alter index ix_products_category_id_price_id rename to product_by_category_and_price;
            alter index ix_products_price_id rename to product_by_price;
            alter index ix_products_sku rename to product_by_sku;
            alter index ix_products_sku_lookalike rename to product_by_sku_lookalike;
            alter table products rename constraint ck_products_price_is_positive to product_price_is_positive;
            alter table search_documents rename constraint fk_search_documents_products_product_id to search_document_product_fkey;
            alter table products rename constraint fk_products_categories_category_id to product_category_fkey;
            alter table categories rename constraint pk_categories to category_pkey;
            alter table products rename constraint pk_products to product_pkey;
            alter table stock rename constraint pk_stock to product_stock_pkey;
            alter table search_documents rename constraint pk_search_documents to search_document_pkey;
            alter table categories rename to category;
            alter table products rename to product;
            alter table stock rename to product_stock;
            alter table search_documents rename to search_document;
            """);
    }
}
