using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Ordering.Shipments;
using Shop.Persistence;
using Shop.Shipping.V1;

namespace Shop.Ordering.Tests.Running;

/// <summary>Shipping's events, handled as the consumer does it: in a transaction that it saves.</summary>
internal static class ShipmentEvents
{
    public static readonly Timestamp DispatchedAt = Timestamp.FromDateTimeOffset(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    public static readonly Timestamp EndedAt = Timestamp.FromDateTimeOffset(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public static Task DispatchedAsync(this FollowShipment shipments, string order) =>
        shipments.HandleAsync(new ShipmentDispatched { OrderId = order, DispatchedAt = DispatchedAt }, null!, default);

    public static Task DeliveredAsync(this FollowShipment shipments, string order) =>
        shipments.HandleAsync(new ShipmentDelivered { OrderId = order, DispatchedAt = DispatchedAt, DeliveredAt = EndedAt }, null!, default);

    public static Task FailedAsync(this FollowShipment shipments, string order) =>
        shipments.HandleAsync(new ShipmentFailed { OrderId = order, Reason = "lost", DispatchedAt = DispatchedAt, FailedAt = EndedAt }, null!, default);

    /// <summary>An order that a saga changed meanwhile is read again.</summary>
    public static async Task HandleAsync(this RunningOrdering ordering, Func<FollowShipment, Task> handle)
    {
        while (true)
        {
            await using var scope = ordering.Second.Services.CreateAsyncScope();
            try
            {
                await scope.ServiceProvider.GetRequiredService<OrderingDb>().InTransactionAsync(
                    _ => handle(scope.ServiceProvider.GetRequiredService<FollowShipment>()), TestContext.Current.CancellationToken);
                return;
            }
            catch (DbUpdateConcurrencyException)
            {
            }
        }
    }

    /// <summary>The events of it that were published besides that it was placed, and that it has changed as no other event says.</summary>
    public static Task<List<string>> PublishedAsync(this RunningOrdering ordering, string order) => ordering.QueryAsync<string>(
        "select split_part(type, '.', -1) from messaging.outbox where key = @order and type not like '%OrderPlaced' and type not like '%OrderChanged' order by position", new { order });
}
