using Grpc.Core;
using Shop.Shipping.V1;

namespace Shop.Gateway.Orders;

/// <summary>The shipment part of order pages, where OrderHistory's is not up to date. Without Shipping an order is shown without it.</summary>
internal sealed partial class OrderShipments(ShippingService.ShippingServiceClient shipping, TimeProvider clock, ILogger<OrderShipments> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <returns>What to show for any of these orders, of which there are 100 at most.</returns>
    public async Task<Func<string, OrderPart<ShipmentView>>> OfAllAsync(IEnumerable<string> orderIds, CancellationToken cancel)
    {
        var request = new GetShipmentsRequest { OrderIds = { orderIds } };
        if (request.OrderIds.Count == 0)
            return _ => new OrderPart<ShipmentView>(null);

        var answer = await OptionalPart.CallAsync(options => shipping.GetShipmentsAsync(request, options), Timeout, clock, LogMissing, cancel);
        if (answer is null)
            return _ => new OrderPart<ShipmentView>(null, IsAvailable: false);

        var found = answer.Shipments.ToDictionary(shipment => shipment.OrderId, ShipmentView.Of);
        return id => found.GetValueOrDefault(id, new OrderPart<ShipmentView>(null));
    }

    [LoggerMessage(LogLevel.Warning, "Shipping answers {Status}: orders are shown without their shipment")]
    private partial void LogMissing(StatusCode status);
}
