using Grpc.Core;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Ordering.Orders;

/// <summary>Sends a member each status of an order as it comes, until the final one.</summary>
internal sealed class WatchOrder(GetOrder getOrder, OrderChanges changes, IHostApplicationLifetime lifetime)
{
    public async Task HandleAsync(WatchOrderRequest request, Caller caller, IServerStreamWriter<WatchOrderResponse> answers, CancellationToken cancel)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        try
        {
            await StreamAsync(request, caller, answers, until.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // This replica stops. The stream ends, and the client continues at another replica from the last event.
        }
    }

    private async Task StreamAsync(WatchOrderRequest request, Caller caller, IServerStreamWriter<WatchOrderResponse> answers, CancellationToken cancel)
    {
        var order = await getOrder.FindAsync(request.OrderId, caller, cancel);
        var known = order.StatusChanges();
        var seen = known.Any(change => change.Sequence == request.AfterSequence) ? request.AfterSequence : known[^1].Sequence - 1;

        await answers.WriteAsync(After(seen, known, order), cancel);
        while (!OrderStatus.IsFinal(order.Status))
        {
            seen = known[^1].Sequence;
            await changes.LeavesAsync(order.Id, order.Status, cancel);
            order = await getOrder.FindAsync(request.OrderId, caller, cancel);
            known = order.StatusChanges();
            await answers.WriteAsync(After(seen, known, order), cancel);
        }
    }

    private static WatchOrderResponse After(long seen, IEnumerable<StatusChange> known, Order order) =>
        new() { Changes = { known.Where(change => change.Sequence > seen) }, Ended = OrderStatus.IsFinal(order.Status) };
}
