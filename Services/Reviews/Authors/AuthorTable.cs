using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Reviews.Authors;

internal sealed class AuthorTable : IEntityTypeConfiguration<Author>
{
    public void Configure(EntityTypeBuilder<Author> author)
    {
        author.HasKey(a => a.MemberId);
        author.Property(a => a.MemberId).ValueGeneratedNever();
    }
}
