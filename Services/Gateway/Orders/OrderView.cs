using Google.Protobuf.WellKnownTypes;
using Shop.Catalog.V1;
using Shop.Ordering.V1;

namespace Shop.Gateway.Orders;

internal sealed record OrderLineView(string ProductId, string Name, int Quantity, Money UnitPrice, Money LineTotal)
{
    public static OrderLineView Of(PricedLine line, Language language) =>
        new(line.ProductId, (language == Language.En ? line.Names?.En : line.Names?.Ko) ?? line.Name, line.Quantity, Money.Of(line.UnitPrice), Money.Of(line.LineTotal));
}

internal sealed record TimelineEntryView(DateTime At, string What);

/// <param name="Status"><c>pending</c>, <c>confirmed</c>, <c>dispatched</c>, <c>delivered</c>, <c>rejected</c>, <c>cancelling</c> or <c>cancelled</c>.</param>
/// <param name="Reason">Why it was rejected or cancelled.</param>
/// <param name="Subtotal">The sum of the lines.</param>
/// <param name="Discount">From a coupon; 0 without one.</param>
/// <param name="Total">Subtotal less discount. May be 0.</param>
/// <param name="Payment">Null before it begins, and for an order whose total is 0: there is nothing to pay.</param>
/// <param name="Unavailable">
/// Names of parts that are null because their service is unavailable. <c>order</c>: the order's own service is, and its status may be older than the last one that was answered.
/// </param>
internal record OrderView(
    string OrderId,
    string Status,
    string? Reason,
    DateTime PlacedAt,
    IReadOnlyList<OrderLineView> Lines,
    Money Subtotal,
    Money Discount,
    Money Total,
    PaymentView? Payment,
    ShipmentView? Shipment,
    IReadOnlyList<TimelineEntryView> Timeline,
    IReadOnlyList<string> Unavailable)
{
    public static OrderView Compose(Order order, bool mayBeOlder, OrderPart<PaymentView> payment, OrderPart<ShipmentView> shipment, Language language) =>
        // An order of nothing is never paid, so nothing is missing when Payments is unavailable.
        Of(order, mayBeOlder, order.Total.Amount == 0 ? new OrderPart<PaymentView>(null) : payment, shipment, language);

    private static OrderView Of(Order order, bool mayBeOlder, OrderPart<PaymentView> payment, OrderPart<ShipmentView> shipment, Language language) => new(
        order.OrderId,
        order.Status,
        order.HasReason ? order.Reason : null,
        Time(order.PlacedAt),
        [.. order.Lines.Select(line => OrderLineView.Of(line, language))],
        Money.Of(order.Subtotal, order.Total.Currency),
        Money.Of(order.Discount, order.Total.Currency),
        Money.Of(order.Total),
        payment.View,
        shipment.View,
        [.. order.Timeline.Select(entry => new TimelineEntryView(Time(entry.At), entry.What))],
        OptionalPart.Missing(("order", mayBeOlder), ("payment", !payment.IsAvailable), ("shipment", !shipment.IsAvailable)));

    private static DateTime Time(Timestamp at) => at.ToDateTime();
}
