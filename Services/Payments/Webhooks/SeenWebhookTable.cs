using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Payments.Webhooks;

internal sealed class SeenWebhookTable : IEntityTypeConfiguration<SeenWebhook>
{
    public void Configure(EntityTypeBuilder<SeenWebhook> webhook)
    {
        webhook.HasKey(w => w.EventId);
        webhook.HasIndex(w => w.SeenAt);

        webhook.Property(w => w.EventId).HasMaxLength(100);
    }
}
