using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Coupons.Issued;

internal sealed class CouponTable : IEntityTypeConfiguration<Coupon>
{
    public void Configure(EntityTypeBuilder<Coupon> coupon)
    {
        coupon.ToTable(table =>
        {
            table.HasCheckConstraint("ck_coupons_status_is_known", "status in ('usable', 'reserved', 'redeemed')");
            table.HasCheckConstraint("ck_coupons_has_an_order_unless_usable", "(status = 'usable') = (order_id is null)");
            table.HasCheckConstraint("ck_coupons_is_percentage_or_fixed", "(percent is null) <> (amount is null)");
            table.HasCheckConstraint("ck_coupons_terms_are_sane", "coalesce(percent, 1) between 1 and 100 and coalesce(amount, 1) > 0 and coalesce(minimum, 0) >= 0 and coalesce(maximum_discount, 1) > 0");
        });
        coupon.Property(c => c.Id).ValueGeneratedNever();
        coupon.OwnsOne(c => c.Terms, terms =>
        {
            terms.Property(t => t.Percent).HasColumnName("percent");
            terms.Property(t => t.Amount).HasColumnName("amount");
            terms.Property(t => t.Currency).HasColumnName("currency");
            terms.Property(t => t.Minimum).HasColumnName("minimum");
            terms.Property(t => t.MaximumDiscount).HasColumnName("maximum_discount");
        });
        coupon.Navigation(c => c.Terms).IsRequired();

        // One per member and campaign, whatever is delivered how often.
        coupon.HasIndex(c => new { c.MemberId, c.Campaign }).IsUnique();
        // A member's coupons, newest first, paged by the id, whose UUIDv7 carries the time.
        coupon.HasIndex(c => new { c.MemberId, c.Id }).IsDescending(false, true);
    }
}
