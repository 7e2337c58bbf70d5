using Shop.Design.Gateway;

namespace Shop.Storefront.Coupons;

/// <param name="Kind"><c>percentage</c> or <c>fixed</c>.</param>
/// <param name="Status"><c>usable</c>, <c>reserved</c>, <c>redeemed</c> or <c>expired</c>.</param>
public sealed record Coupon(string Id, string Name, string Kind, int? Percent, Money? Amount, Money? Minimum, Money? MaximumDiscount, DateTimeOffset ExpiresAt, string Status);
