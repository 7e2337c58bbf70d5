using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.PaymentProvider.Tokens;

namespace Shop.PaymentProvider.Charges;

internal sealed class ChargeTable : IEntityTypeConfiguration<Charge>
{
    public const string KeyIndex = "ux_charges_idempotency_key";

    public void Configure(EntityTypeBuilder<Charge> charge)
    {
        charge.ToTable("charges", table =>
        {
            table.HasCheckConstraint("ck_charges_captured", "captured in (0, authorised)");
            table.HasCheckConstraint("ck_charges_refunded", "refunded between 0 and captured");
            table.HasCheckConstraint("ck_charges_voided", "not voided or captured = 0");
        });
        charge.HasKey(c => c.Id).HasName("pk_charges");
        charge.HasIndex(c => c.IdempotencyKey).IsUnique().HasDatabaseName(KeyIndex);

        charge.Property(c => c.Id).HasColumnName("id").HasMaxLength(40);
        charge.Property(c => c.IdempotencyKey).HasColumnName("idempotency_key").HasMaxLength(255);
        charge.Property(c => c.Token).HasColumnName("token").HasMaxLength(255);
        charge.Property(c => c.Currency).HasColumnName("currency").HasMaxLength(3);
        charge.Property(c => c.Amount).HasColumnName("amount");
        charge.Property(c => c.Authorised).HasColumnName("authorised");
        charge.Property(c => c.Captured).HasColumnName("captured");
        charge.Property(c => c.Refunded).HasColumnName("refunded");
        charge.Property(c => c.Voided).HasColumnName("voided");
        charge.Property(c => c.DeclineCode).HasColumnName("decline_code").HasMaxLength(40);
        charge.Property(c => c.CreatedAt).HasColumnName("created_at");
    }
}
