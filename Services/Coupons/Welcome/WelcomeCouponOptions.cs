using System.ComponentModel.DataAnnotations;

namespace Shop.Coupons.Welcome;

/// <summary>Configuration section <c>WelcomeCoupon</c>: the terms of welcome coupons that are issued from now on.</summary>
internal sealed class WelcomeCouponOptions
{
    public const string Section = "WelcomeCoupon";

    /// <summary>Per cent of the subtotal.</summary>
    [Range(1, 100)]
    public int Percent { get; set; } = 10;

    /// <summary>The greatest discount, in minor units of <see cref="Currency"/>.</summary>
    [Range(1, 1_000_000_000_000)]
    public long MaximumDiscount { get; set; } = 10_000;

    /// <summary>The least subtotal, in minor units of <see cref="Currency"/>.</summary>
    [Range(0, 1_000_000_000_000)]
    public long Minimum { get; set; } = 20_000;

    /// <summary>ISO 4217.</summary>
    [RegularExpression("[A-Z]{3}")]
    public string Currency { get; set; } = "KRW";

    /// <summary>How many days a coupon can be used, from when it is issued.</summary>
    [Range(1, 3_650)]
    public int Days { get; set; } = 30;
}
