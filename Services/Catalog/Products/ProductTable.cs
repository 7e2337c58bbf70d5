using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Catalog.Search;

namespace Shop.Catalog.Products;

internal sealed class ProductTable : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.ToTable(table => table.HasCheckConstraint("ck_products_price_is_positive", "price > 0"));
        product.Property(p => p.Id).ValueGeneratedNever();
        product.HasIndex(p => p.Sku).IsUnique();
        product.HasIndex(p => p.SkuLookalike).IsUnique();
        product.ComplexProperty(p => p.Name, name =>
        {
            name.Property(n => n.Ko).HasColumnName("name_ko");
            name.Property(n => n.En).HasColumnName("name_en");
        });
        product.ComplexProperty(p => p.Description, description =>
        {
            description.Property(d => d.Ko).HasColumnName("description_ko");
            description.Property(d => d.En).HasColumnName("description_en");
        });
        product.Property(p => p.Version).IsConcurrencyToken();
        product.HasOne<SearchDocument>().WithOne().HasForeignKey<SearchDocument>(document => document.ProductId);
        product.HasOne(p => p.Category).WithMany().HasForeignKey(p => p.CategoryId).OnDelete(DeleteBehavior.Restrict);

        // Every list is a range scan of one of these, forwards or backwards. Newest first is the order of the ids.
        product.HasIndex(p => new { p.Price, p.Id });
        product.HasIndex(p => new { p.CategoryId, p.Price, p.Id });
        product.HasIndex(p => new { p.CategoryId, p.Id });
    }
}
