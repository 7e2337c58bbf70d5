using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Reviews.Written;

internal sealed class ReviewTable : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> review)
    {
        review.ToTable(table => table.HasCheckConstraint("ck_reviews_stars_are_sane", "stars between 1 and 5"));
        review.Property(r => r.Id).ValueGeneratedNever();

        // One each, however many are sent at once.
        review.HasIndex(r => new { r.ProductId, r.MemberId }).IsUnique();

        // Every list is a range scan of one of these, forwards or backwards.
        review.HasIndex(r => new { r.ProductId, r.Id });
        review.HasIndex(r => new { r.ProductId, r.Stars, r.Id });
    }
}
