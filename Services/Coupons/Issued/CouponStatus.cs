namespace Shop.Coupons.Issued;

/// <summary><c>usable</c> → <c>reserved</c> → <c>redeemed</c>; from the last two back to <c>usable</c>.</summary>
internal static class CouponStatus
{
    public const string Usable = "usable";
    public const string Reserved = "reserved";
    public const string Redeemed = "redeemed";

    /// <summary>Never stored: a usable coupon whose time is over. So nothing has to run at that moment, and one that is restored too late needs no further step.</summary>
    public const string Expired = "expired";
}
