using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.PaymentProvider.Webhooks;

internal sealed class WebhookTable : IEntityTypeConfiguration<Webhook>
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
