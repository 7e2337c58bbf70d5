using System.ComponentModel.DataAnnotations;

namespace Shop.Coupons.Redemptions;

/// <summary>Configuration section <c>Redemptions</c>.</summary>
internal sealed class RedemptionOptions
{
    public const string Section = "Redemptions";

    /// <summary>How long it is remembered that an order gave its coupon back. Longer than any command for the order can be on its way. What was redeemed is kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
