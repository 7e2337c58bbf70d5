using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.PaymentProvider.Webhooks;

/// <summary>An event that the receiver has not acknowledged yet. Deleted when it has.</summary>
public sealed class Webhook
{
    public required Guid Id { get; init; }

    /// <summary>JSON, exactly as it is signed and sent.</summary>
    public required string Body { get; init; }

    public int Attempts { get; init; }

    /// <summary>Null: no further attempt.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("webhooks");
        webhook.HasKey(w => w.Id).HasName("pk_webhooks");
        webhook.HasIndex(w => w.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_webhooks_due_at");

        webhook.Property(w => w.Id).HasColumnName("id").ValueGeneratedNever();
        webhook.Property(w => w.Body).HasColumnName("body");
        webhook.Property(w => w.Attempts).HasColumnName("attempts");
        webhook.Property(w => w.DueAt).HasColumnName("due_at");
        webhook.Property(w => w.LastError).HasColumnName("last_error").HasMaxLength(500);
        webhook.Property(w => w.CreatedAt).HasColumnName("created_at");
    }
}
