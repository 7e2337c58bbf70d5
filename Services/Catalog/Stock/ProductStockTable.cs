using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Catalog.Stock;

/// <summary>No foreign key: what Inventory says is kept whether or not this database has the product (yet).</summary>
internal sealed class ProductStockTable : IEntityTypeConfiguration<ProductStock>
{
    public void Configure(EntityTypeBuilder<ProductStock> stock)
    {
        stock.ToTable("product_stock");
        stock.HasKey(s => s.ProductId).HasName("product_stock_pkey");
        stock.Property(s => s.ProductId).ValueGeneratedNever();
    }
}
