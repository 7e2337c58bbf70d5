using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Ordering.V1;

namespace Shop.Basket.Items;

/// <summary>
/// What a confirmed order took from the basket leaves it. The event names the basket's version that was ordered, and entries say at which version they were put in:
/// events that come twice, late or in another order remove nothing that was not bought.
/// </summary>
internal sealed class RemoveBought(BasketDb db) : IHandle<OrderConfirmed>
{
    /// <summary>An advisory lock ("bought"): batches hold the baskets of several members, in the order of their events, and must not wait for each other in a circle.</summary>
    private const long Batches = 0x626f75676874;

    public async Task HandleAsync(OrderConfirmed @event, EventContext context, CancellationToken cancel)
    {
        if (!@event.HasBasketVersion)
            return;

        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Batches})", cancel);
        if (await db.LockAsync(Guid.Parse(@event.MemberId), cancel) is { } basket)
            basket.RemoveUpTo(@event.BasketVersion);
    }
}
