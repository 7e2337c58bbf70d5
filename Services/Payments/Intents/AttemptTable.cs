using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Payments.Intents;

internal sealed class AttemptTable : IEntityTypeConfiguration<Attempt>
{
    public void Configure(EntityTypeBuilder<Attempt> attempt)
    {
        attempt.HasIndex(a => a.OrderId);

        attempt.Property(a => a.Id).ValueGeneratedNever();
        attempt.Property(a => a.Step).HasMaxLength(20);
        attempt.Property(a => a.Outcome).HasMaxLength(40);
        attempt.Property(a => a.Error).HasMaxLength(500);
    }
}
