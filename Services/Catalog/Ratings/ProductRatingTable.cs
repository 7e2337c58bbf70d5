using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Catalog.Ratings;

/// <summary>No foreign key, as of the stock.</summary>
internal sealed class ProductRatingTable : IEntityTypeConfiguration<ProductRating>
{
    public void Configure(EntityTypeBuilder<ProductRating> rating)
    {
        rating.HasKey(r => r.ProductId);
        rating.Property(r => r.ProductId).ValueGeneratedNever();
    }
}
