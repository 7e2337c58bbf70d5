using Shop.Common.V1;
using Shop.Messaging;
using Shop.Notifications.Notices;
using Shop.Notifications.Texts;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;

namespace Shop.Notifications.Events;

/// <summary>What happens to an order, as three services publish it. Each event has all that its text needs, so their order across topics does not matter.</summary>
internal sealed class NotifyOfOrder(Notify notify)
    : IHandle<OrderConfirmed>, IHandle<OrderRejected>, IHandle<OrderCancelled>, IHandle<OrderDelivered>, IHandle<ShipmentDispatched>, IHandle<PaymentRefunded>
{
    public Task HandleAsync(OrderConfirmed @event, EventContext context, CancellationToken cancel) =>
        AboutAsync(@event.MemberId, NotificationKind.OrderConfirmed, @event.OrderId, Of(@event.Total), cancel);

    public Task HandleAsync(OrderRejected @event, EventContext context, CancellationToken cancel) =>
        AboutAsync(@event.MemberId, NotificationKind.OrderRejected, @event.OrderId, new() { Reason = @event.Reason }, cancel);

    public Task HandleAsync(OrderCancelled @event, EventContext context, CancellationToken cancel) =>
        AboutAsync(@event.MemberId, NotificationKind.OrderCancelled, @event.OrderId, new() { Reason = @event.Reason }, cancel);

    public Task HandleAsync(OrderDelivered @event, EventContext context, CancellationToken cancel) =>
        AboutAsync(@event.MemberId, NotificationKind.OrderDelivered, @event.OrderId, new(), cancel);

    public Task HandleAsync(ShipmentDispatched @event, EventContext context, CancellationToken cancel) =>
        AboutAsync(@event.MemberId, NotificationKind.OrderDispatched, @event.OrderId, new() { TrackingNumber = @event.TrackingNumber }, cancel);

    /// <summary>Each refund of an order, with its own amount.</summary>
    public Task HandleAsync(PaymentRefunded @event, EventContext context, CancellationToken cancel)
    {
        var order = Guid.Parse(@event.OrderId);
        return notify.AboutAsync(Guid.Parse(@event.MemberId), NotificationKind.Refunded, RefundSubject.Of(order, @event), Of(@event.Amount) with { OrderId = order }, cancel);
    }

    private Task AboutAsync(string memberId, string kind, string orderId, Facts facts, CancellationToken cancel)
    {
        var order = Guid.Parse(orderId);
        return notify.AboutAsync(Guid.Parse(memberId), kind, order, facts with { OrderId = order }, cancel);
    }

    private static Facts Of(Money money) => new() { Amount = money.Amount, Currency = money.Currency };
}
