using Google.Protobuf;
using Shop.Messaging;
using Shop.OrderHistory.Figures;
using Shop.OrderHistory.Orders;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;

namespace Shop.OrderHistory.Projection;

/// <summary>
/// Merges each event into its order's row, and adds to the figures what that changes; one transaction with the inbox mark. One handler for all events: should one be
/// parked, the order's later ones wait behind it.
/// </summary>
internal sealed class ProjectOrder(OrderRows rows, FigureWriter figures) :
    IHandle<OrderPlaced>, IHandle<OrderConfirmed>, IHandle<OrderRejected>, IHandle<OrderDelivered>, IHandle<OrderCancelled>, IHandle<OrderChanged>,
    IHandle<PaymentAuthorised>, IHandle<PaymentCaptured>, IHandle<PaymentVoided>, IHandle<PaymentRefunded>, IHandle<PaymentDeclined>, IHandle<PaymentChanged>,
    IHandle<ShipmentCreated>, IHandle<ShipmentDispatched>, IHandle<ShipmentDelivered>, IHandle<ShipmentFailed>, IHandle<ShipmentCalledOff>
{
    public Task HandleAsync(OrderPlaced @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(OrderConfirmed @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(OrderRejected @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(OrderDelivered @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(OrderCancelled @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(OrderChanged @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(PaymentAuthorised @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(PaymentCaptured @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(PaymentVoided @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(PaymentRefunded @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(PaymentDeclined @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(PaymentChanged @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(ShipmentCreated @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(ShipmentDispatched @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(ShipmentDelivered @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(ShipmentFailed @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    public Task HandleAsync(ShipmentCalledOff @event, EventContext context, CancellationToken cancel) => ApplyAsync(@event, context, cancel);

    private async Task ApplyAsync(IMessage @event, EventContext context, CancellationToken cancel)
    {
        var record = EventRecords.RecordOf(@event);
        var order = await rows.OfAsync(record.Id, context, cancel);
        var before = OrderFigures.Of(order);
        order.Merge(record);
        await figures.AddAsync([.. OrderFigures.Of(order).Except(before)], cancel);
    }
}
