using Shop.Checker;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>The state in which an order ends, read from the databases and the provider's ledger.</summary>
/// <param name="Money">At the provider: captured, refunded, voided, authorised, or none.</param>
/// <param name="Stock">sold, back (or never taken), or reserved.</param>
/// <param name="Coupon">redeemed, usable, or reserved.</param>
/// <param name="Shipment">The shipment's status, or none.</param>
internal sealed record End(string Status, string? Reason, string Money, string Stock, string Coupon, string Shipment)
{
    public static readonly End Confirmed = new("confirmed", null, "captured", "sold", "redeemed", "created");
    public static readonly End Dispatched = new("dispatched", null, "captured", "sold", "redeemed", "dispatched");
    public static readonly End Delivered = new("delivered", null, "captured", "sold", "redeemed", "delivered");
    public static readonly End Cancelled = new("cancelled", "cancelled_by_member", "refunded", "back", "usable", "called_off");
    public static readonly End DeliveryFailed = new("cancelled", "delivery_failed", "refunded", "back", "usable", "failed");

    public static End Rejected(string reason, string money) => new("rejected", reason, money, "back", "usable", "none");

    /// <summary>As it is in the page: ends that differ have different texts.</summary>
    public string Text => Status == "rejected" ? $"rejected: {Reason}{(Money == "none" ? "" : $", {Money}")}" : Reason is null or "cancelled_by_member" ? Status : $"{Status}: {Reason}";

    public static End Of(Guid order, Evidence evidence)
    {
        var row = evidence.Orders.Orders[order];
        var charges = evidence.Charges.Where(charge => charge.OrderId == order).ToList();
        var reservation = evidence.Stock.Reservations.GetValueOrDefault(order)?.Status;
        return new(
            row.Status,
            row.Reason,
            charges.Count == 0 ? "none" : string.Join("+", charges.Select(charge => charge.State)),
            reservation switch { "confirmed" => "sold", null or "released" or "restocked" => "back", _ => reservation },
            row.Coupon is { } coupon ? evidence.Coupons.Coupons[coupon].Status : "none",
            string.Join("+", evidence.Shipments.Where(shipment => shipment.OrderId == order).Select(shipment => shipment.Status).DefaultIfEmpty("none")));
    }
}
