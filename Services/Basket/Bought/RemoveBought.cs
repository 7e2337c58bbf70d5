using Shop.Messaging;
using Shop.Ordering.V1;

namespace Shop.Basket.Bought;

/// <summary>
/// What a confirmed order took from the basket leaves it. The event names the basket's version that was ordered, and entries say at which version they were put in:
/// events that come twice, late or in another order remove nothing that was not bought.
/// </summary>
internal sealed class RemoveBought(BasketDb db) : IHandle<OrderConfirmed>
{
    public async Task HandleAsync(OrderConfirmed @event, EventContext context, CancellationToken cancel)
    {
        if (@event.HasBasketVersion && await db.LockAsync(Guid.Parse(@event.MemberId), cancel) is { } basket)
            basket.RemoveUpTo(@event.BasketVersion);
    }
}
