using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Catalog.Stock;

/// <summary>No foreign key: an event may arrive for a product that this database does not have (yet).</summary>
internal sealed class ProductStockTable : IEntityTypeConfiguration<ProductStock>
{
    public void Configure(EntityTypeBuilder<ProductStock> stock)
    {
        stock.HasKey(s => s.ProductId);
        stock.Property(s => s.ProductId).ValueGeneratedNever();
    }
}
