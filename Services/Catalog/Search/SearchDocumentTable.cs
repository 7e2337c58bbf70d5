using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Catalog.Search;

/// <summary>
/// A table of its own, since the lexemes are larger than the rest of a product. Only the index <c>search_document_lexemes</c> (GIN, created in a migration)
/// reads them; it is exact and needs no recheck.
/// </summary>
internal sealed class SearchDocumentTable : IEntityTypeConfiguration<SearchDocument>
{
    public void Configure(EntityTypeBuilder<SearchDocument> document)
    {
        document.HasKey(d => d.ProductId);
        document.Property(d => d.ProductId).ValueGeneratedNever();
    }
}
