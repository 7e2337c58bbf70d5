using Shop.Catalog.V1;
using Shop.Ordering.V1;

namespace Shop.Gateway.Orders;

/// <summary>Orders of a list, each with its payment and shipment: one call to Payments and one to Shipping, at the same time.</summary>
internal sealed class OrderViews(OrderPayments payments, OrderShipments shipments)
{
    /// <returns>The view of any of these orders.</returns>
    public async Task<Func<Order, OrderView>> OfAllAsync(IEnumerable<Order> orders, Language language, CancellationToken cancel)
    {
        var ids = orders.Select(order => order.OrderId).ToList();
        var shipping = shipments.OfAllAsync(ids, cancel);
        var paymentOf = await payments.OfAllAsync(ids, cancel);
        var shipmentOf = await shipping;
        return order => OrderView.Compose(order, paymentOf(order.OrderId), shipmentOf(order.OrderId), language);
    }
}
