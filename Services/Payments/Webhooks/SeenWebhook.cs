using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Payments.Webhooks;

/// <summary>
/// A webhook that made us look at the provider: a replay of it does not. One that tells what we know already changes nothing, however often it comes, and is
/// not worth a row.
/// </summary>
public sealed class SeenWebhook
{
    /// <summary>The provider's id of the event.</summary>
    public required string EventId { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}

internal sealed class SeenWebhookMapping : IEntityTypeConfiguration<SeenWebhook>
{
    public void Configure(EntityTypeBuilder<SeenWebhook> webhook)
    {
        webhook.HasKey(w => w.EventId);
        webhook.HasIndex(w => w.SeenAt);

        webhook.Property(w => w.EventId).HasMaxLength(100);
    }
}
