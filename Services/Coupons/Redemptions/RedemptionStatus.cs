namespace Shop.Coupons.Redemptions;

/// <summary><c>reserved</c> → <c>redeemed</c>; either → <c>restored</c>. There is no way back from <c>restored</c>.</summary>
internal static class RedemptionStatus
{
    public const string Reserved = "reserved";
    public const string Redeemed = "redeemed";
    public const string Restored = "restored";
}
