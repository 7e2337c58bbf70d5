using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Coupons.Issued;

namespace Shop.Coupons.Redemptions;

internal sealed class RedemptionTable : IEntityTypeConfiguration<Redemption>
{
    public void Configure(EntityTypeBuilder<Redemption> redemption)
    {
        redemption.ToTable(table =>
        {
            table.HasCheckConstraint("ck_redemptions_status_is_known", "status in ('reserved', 'redeemed', 'restored')");
            table.HasCheckConstraint("ck_redemptions_has_a_coupon_or_is_restored", "coupon_id is not null or status = 'restored'");
            table.HasCheckConstraint("ck_redemptions_is_finished_or_reserved", "(status = 'reserved') = (finished_at is null)");
            table.HasCheckConstraint("ck_redemptions_discount_is_within_subtotal", "discount between 0 and subtotal");
        });
        redemption.HasKey(r => r.OrderId);
        redemption.Property(r => r.OrderId).ValueGeneratedNever();
        redemption.HasOne<Coupon>().WithMany().HasForeignKey(r => r.CouponId).OnDelete(DeleteBehavior.Restrict);

        // The lock on the coupon's row decides who gets it; the database would not let two have it either.
        redemption.HasIndex(r => r.CouponId).IsUnique().HasFilter("status in ('reserved', 'redeemed')");
        // For the purge.
        redemption.HasIndex(r => r.FinishedAt).HasFilter("status = 'restored'");
    }
}
