using Shop.Checker.Sources;

namespace Shop.Checker.Promises;

internal static class OneCouponEach
{
    public static IEnumerable<string> Violations(Evidence evidence) =>
        [.. Welcome(evidence), .. Uses(evidence), .. evidence.Orders.Orders.Values.SelectMany(order => OfOrder(order, evidence.Coupons))];

    /// <summary>Whose registration is longer ago than the outbox goes back may have come before there were coupons.</summary>
    private static IEnumerable<string> Welcome(Evidence evidence)
    {
        var welcome = evidence.Coupons.Coupons.Values.Where(coupon => coupon.Campaign == "welcome").ToLookup(coupon => coupon.MemberId);
        foreach (var member in welcome.Where(coupons => coupons.Count() > 1))
            yield return $"Member {member.Key} has {member.Count()} welcome coupons.";
        foreach (var registered in evidence.Events.Outbox.Where(row => row.Type == "shop.members.v1.MemberRegistered" && !welcome.Contains(Guid.Parse(row.Key))))
            yield return $"Member {registered.Key} has no welcome coupon.";
        foreach (var member in evidence.Record.Members.Where(member => !welcome.Contains(member)))
            yield return $"Member {member} signed up, but has no welcome coupon.";
    }

    private static IEnumerable<string> Uses(Evidence evidence)
    {
        foreach (var sold in evidence.Orders.Orders.Values.Where(order => order.IsSold && order.Coupon is not null).GroupBy(order => order.Coupon).Where(orders => orders.Count() > 1))
            yield return $"Coupon {sold.Key} was used by {sold.Count()} orders: {string.Join(", ", sold.Select(order => order.Id))}.";

        var held = evidence.Coupons.Redemptions.Values.Where(redemption => redemption.IsHeld).ToLookup(redemption => redemption.CouponId!.Value);
        foreach (var coupon in evidence.Coupons.Coupons.Values)
        {
            var uses = held[coupon.Id].ToList();
            if (uses.Count > 1)
                yield return $"Coupon {coupon.Id} is held by {uses.Count} orders.";
            else if ((uses.SingleOrDefault()?.OrderId, uses.SingleOrDefault()?.Status ?? "usable") != (coupon.OrderId, coupon.Status))
                yield return $"Coupon {coupon.Id} is {coupon.Status}, but the order that has it says {uses.SingleOrDefault()?.Status ?? "nothing"}.";
        }

        foreach (var redemption in evidence.Coupons.Redemptions.Values.Where(redemption => redemption.IsHeld && evidence.Orders.Orders.GetValueOrDefault(redemption.OrderId)?.Coupon != redemption.CouponId))
            yield return $"Coupon {redemption.CouponId} is {redemption.Status} for order {redemption.OrderId}, which does not use it.";
    }

    private static IEnumerable<string> OfOrder(Order order, CouponData books)
    {
        if (order.Discount != order.DiscountOfLines)
            yield return $"Order {order.Id} has a discount of {order.Discount}, but its lines of {order.DiscountOfLines}.";
        if (order.Coupon is not { } id)
        {
            if (order.Discount != 0)
                yield return $"Order {order.Id} has a discount of {order.Discount} without a coupon.";
            yield break;
        }

        var redemption = books.Redemptions.GetValueOrDefault(order.Id);
        var coupon = books.Coupons.GetValueOrDefault(id);
        if (order.IsSold && (redemption?.Status != "redeemed" || redemption.CouponId != id || redemption.Discount != order.Discount))
            yield return $"Order {order.Id} is {order.Status} with {order.Discount} off, but its coupon is {redemption?.Status ?? "not reserved"} with {redemption?.Discount ?? 0}.";
        if (order.IsSold && coupon?.MemberId != order.MemberId)
            yield return $"Order {order.Id} of member {order.MemberId} uses the coupon of member {coupon?.MemberId}.";
        if (order.IsUndone && redemption?.IsHeld == true)
            yield return $"Order {order.Id} is {order.Status}, but its coupon is {redemption.Status}.";
    }
}
