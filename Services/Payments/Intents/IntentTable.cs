using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

internal sealed class IntentTable : IEntityTypeConfiguration<Intent>
{
    public void Configure(EntityTypeBuilder<Intent> intent)
    {
        intent.HasKey(i => i.OrderId);
        // Only intents that are due for reconciliation: nearly always empty.
        intent.HasIndex(i => i.ReconcileAt).HasFilter("reconcile_at is not null");

        intent.Property(i => i.OrderId).ValueGeneratedNever();
        intent.Property(i => i.Currency).HasMaxLength(3);
        intent.Property(i => i.Status).HasMaxLength(20);
        intent.Property(i => i.ChargeId).HasMaxLength(100);
        intent.Property(i => i.Refusal).HasMaxLength(40);
        intent.Property(i => i.Version).IsRowVersion();
        intent.Ignore(i => i.IsReported).Ignore(i => i.IsReleased).Ignore(i => i.InDoubt).Ignore(i => i.IsClosed);
    }
}
