using Grpc.Core;
using Shop.OrderHistory.V1;
using Shop.Ordering.V1;
using static Shop.OrderHistory.V1.OrderHistoryService;
using static Shop.Ordering.V1.OrderingService;
using ListOrdersRequest = Shop.Ordering.V1.ListOrdersRequest;

namespace Shop.Gateway.Orders;

/// <summary>Orders, as far as Ordering and OrderHistory know them, and whether OrderHistory has answered.</summary>
internal sealed record FoundOrders(IReadOnlyList<KnownOrder> Orders, bool HasHistory, bool HasMore = false);

/// <summary>
/// A member's orders from OrderHistory and Ordering, which are called at the same time. OrderHistory follows Ordering by its events; of each order the newer state is shown,
/// so a member never sees an older one than the answer to what they did. Each of the two is enough; without Ordering, what may be older is marked.
/// </summary>
internal sealed partial class NewestOrders(OrderingServiceClient ordering, OrderHistoryServiceClient history, TimeProvider clock, ILogger<NewestOrders> logger)
{
    private static readonly TimeSpan HistoryTimeout = TimeSpan.FromSeconds(1);

    /// <exception cref="RpcException">Not found; or Ordering is unavailable, and OrderHistory cannot answer for it.</exception>
    public async Task<FoundOrders> FindAsync(string id, CancellationToken cancel)
    {
        var historic = HistoryAsync(options => history.GetOrderAsync(new() { OrderId = id }, options), cancel);
        var current = CurrentAsync(ordering.GetOrderAsync(new() { OrderId = id }, cancellationToken: cancel));
        var (answer, hasHistory) = await historic;
        var (order, failure) = await current;
        if (order is null && answer is null)
            throw failure!;

        return new([order is null ? KnownOrder.OfHistory(answer!.Order) : KnownOrder.Of(order.Order, answer?.Order)], hasHistory);
    }

    /// <summary>The newest ones after a position: of both lists together, which go by the same ids.</summary>
    /// <param name="after">The last order of the page before; empty: from the newest.</param>
    public async Task<FoundOrders> ListAsync(int size, string after, CancellationToken cancel)
    {
        var historic = HistoryAsync(options => history.ListOrdersAsync(new() { PageSize = size, AfterId = after }, options), cancel);
        var current = CurrentAsync(ordering.ListOrdersAsync(new ListOrdersRequest { PageSize = size, AfterId = after }, cancellationToken: cancel));
        var (answer, hasHistory) = await historic;
        var (page, failure) = await current;
        if (page is null && !hasHistory)
            throw failure!;

        var orders = page?.Orders.ToDictionary(order => order.OrderId) ?? [];
        var rows = answer?.Orders.ToDictionary(row => row.Order.OrderId) ?? [];
        var ids = orders.Keys.Union(rows.Keys).OrderDescending(StringComparer.Ordinal).ToList();
        var known = ids.Take(size).Select(id => page is null ? KnownOrder.OfHistory(rows[id]) : KnownOrder.Of(orders.GetValueOrDefault(id), rows.GetValueOrDefault(id))).ToList();
        return new(known, hasHistory, HasMore: ids.Count > size || page?.NextPageToken.Length > 0 || answer?.HasMore == true);
    }

    /// <returns>Without an answer if it has none: then the failure says whether OrderHistory was there.</returns>
    private async Task<(TAnswer? Answer, bool IsAvailable)> HistoryAsync<TAnswer>(Func<CallOptions, AsyncUnaryCall<TAnswer>> call, CancellationToken cancel) where TAnswer : class
    {
        var isAvailable = true;
        var answer = await OptionalPart.CallAsync(call, HistoryTimeout, clock, LeftOut, cancel);
        return (answer, isAvailable);

        void LeftOut(StatusCode status)
        {
            isAvailable = status == StatusCode.NotFound;
            if (!isAvailable)
                LogMissing(status);
        }
    }

    /// <summary>OrderHistory answers only for an Ordering that is unavailable: what Ordering refuses is refused.</summary>
    private static async Task<(TAnswer? Answer, RpcException? Failure)> CurrentAsync<TAnswer>(AsyncUnaryCall<TAnswer> call) where TAnswer : class
    {
        try
        {
            return (await call, null);
        }
        catch (RpcException failure) when (failure.IsUnavailable())
        {
            return (null, failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "OrderHistory answers {Status}: orders are shown as Ordering has them")]
    private partial void LogMissing(StatusCode status);
}
