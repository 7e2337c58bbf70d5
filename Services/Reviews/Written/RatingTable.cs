using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Reviews.Written;

internal sealed class RatingTable : IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Rating> rating)
    {
        rating.HasKey(r => r.ProductId);
        rating.Property(r => r.ProductId).ValueGeneratedNever();
    }
}
