using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Catalog.Products;

namespace Shop.Catalog.Search;

/// <summary>
/// Beside the product and not in it, for the lexemes weigh more than all the rest. They are read by nothing but the index
/// <c>search_document_lexemes</c> (GIN, made in the migration), which is exact and needs no recheck.
/// </summary>
internal sealed class SearchDocumentTable : IEntityTypeConfiguration<SearchDocument>
{
    public void Configure(EntityTypeBuilder<SearchDocument> document)
    {
        document.ToTable("search_document");
        document.HasKey(d => d.ProductId).HasName("search_document_pkey");
        document.Property(d => d.ProductId).ValueGeneratedNever();
        document.HasOne<Product>().WithOne().HasForeignKey<SearchDocument>(d => d.ProductId).HasConstraintName("search_document_product_fkey");
    }
}
