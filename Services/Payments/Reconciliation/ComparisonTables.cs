using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Payments.Reconciliation;

internal sealed class LedgerComparisonTable : IEntityTypeConfiguration<LedgerComparison>
{
    public void Configure(EntityTypeBuilder<LedgerComparison> comparison)
    {
        comparison.ToTable(table => table.HasCheckConstraint("ck_ledger_comparisons_one_row", "id = 1"));
        comparison.Property(c => c.Id).ValueGeneratedNever();
    }
}

internal sealed class SeenMovementTable : IEntityTypeConfiguration<SeenMovement>
{
    public void Configure(EntityTypeBuilder<SeenMovement> movement)
    {
        movement.HasKey(m => m.Sequence);
        movement.HasIndex(m => m.OrderId);
        movement.HasIndex(m => m.SeenAt);

        movement.Property(m => m.Sequence).ValueGeneratedNever();
        movement.Property(m => m.Kind).HasMaxLength(20);
    }
}

internal sealed class DifferenceTable : IEntityTypeConfiguration<Difference>
{
    public void Configure(EntityTypeBuilder<Difference> difference)
    {
        // Only what is still open, for the next comparison.
        difference.HasIndex(d => d.OrderId).HasFilter("not repaired");

        difference.Property(d => d.Id).ValueGeneratedNever();
        difference.Property(d => d.ChargeId).HasMaxLength(100);
        difference.Property(d => d.Kind).HasMaxLength(40);
        difference.Property(d => d.Ours).HasMaxLength(200);
        difference.Property(d => d.Theirs).HasMaxLength(200);
    }
}
