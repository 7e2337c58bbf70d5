using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Payments.Ledger;

internal sealed class TransferTable : IEntityTypeConfiguration<Transfer>
{
    public void Configure(EntityTypeBuilder<Transfer> transfer)
    {
        transfer.HasIndex(t => new { t.OrderId, t.Kind, t.Refunded }).IsUnique();

        transfer.Property(t => t.Id).ValueGeneratedNever();
        transfer.Property(t => t.Kind).HasMaxLength(20);

        transfer.OwnsMany(t => t.Postings, posting =>
        {
            posting.Property<Guid>("TransferId");
            posting.ToTable("postings");                 // an owned table would be named after its type
            posting.WithOwner().HasForeignKey("TransferId");
            posting.HasKey("TransferId", nameof(Posting.Account));
            posting.Property(p => p.Account).HasMaxLength(20);
            posting.Property(p => p.Currency).HasMaxLength(3);
        });
    }
}
