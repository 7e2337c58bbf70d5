using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Payments.Ledger;

internal sealed class TransferTable : IEntityTypeConfiguration<Transfer>
{
    public void Configure(EntityTypeBuilder<Transfer> transfer)
    {
        transfer.HasIndex(t => new { t.OrderId, t.Kind, t.Refunded }).IsUnique().HasDatabaseName("ux_transfers_order_id_kind_refunded");

        transfer.Property(t => t.Id).ValueGeneratedNever();
        transfer.Property(t => t.Kind).HasMaxLength(20);

        transfer.OwnsMany(t => t.Postings, posting =>
        {
            posting.ToTable("postings");
            posting.Property<Guid>("TransferId");
            posting.WithOwner().HasForeignKey("TransferId").HasConstraintName("fk_postings_transfer");
            posting.HasKey("TransferId", nameof(Posting.Account));
            posting.Property(p => p.Account).HasMaxLength(20);
            posting.Property(p => p.Currency).HasMaxLength(3);
        });
    }
}
