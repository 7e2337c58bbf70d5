using Shop.Catalog.V1;
using Shop.OrderHistory.V1;

namespace Shop.Gateway.Orders;

/// <summary>
/// Orders with their payments and shipments: those of OrderHistory's rows, and of orders whose row is behind those of Payments and Shipping, which are called for all of them at
/// once. Without OrderHistory the payments are queried; the shipments are not, so that Shipping does not get the load of all reads when it fails.
/// </summary>
internal sealed class OrderViews(OrderPayments payments, OrderShipments shipments)
{
    public async Task<IReadOnlyList<OrderView>> OfAllAsync(FoundOrders found, Language language, CancellationToken cancel)
    {
        var shipping = shipments.OfAllAsync(found.Orders.Where(order => found.HasHistory && !order.HasShipment).Select(order => order.Order.OrderId), cancel);
        var paymentOf = await payments.OfAllAsync(found.Orders.Where(order => !order.HasPayment).Select(order => order.Order.OrderId), cancel);
        var shipmentOf = await shipping;
        return [.. found.Orders.Select(order => OrderView.Compose(
            order.Order,
            order.MayBeOlder,
            order.HasPayment ? PaymentOf(order.History) : paymentOf(order.Order.OrderId),
            !found.HasHistory ? new OrderPart<ShipmentView>(null, IsAvailable: false) : order.HasShipment ? ShipmentOf(order.History) : shipmentOf(order.Order.OrderId),
            language))];
    }

    /// <summary>As OrderHistory has it, for operators' lists.</summary>
    public static OrderView Of(HistoricOrder order, Language language) => OrderView.Compose(order.Order, mayBeOlder: false, PaymentOf(order), ShipmentOf(order), language);

    private static OrderPart<PaymentView> PaymentOf(HistoricOrder? order) => order?.Payment is { } payment ? PaymentView.Of(payment) : new(null);

    private static OrderPart<ShipmentView> ShipmentOf(HistoricOrder? order) => order?.Shipment is { } shipment ? ShipmentView.Of(shipment) : new(null);
}
