using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shop.OrderHistory.V1;
using Contract = Shop.Common.V1;

namespace Shop.Gateway.Tests.Fakes;

/// <summary>Knows the orders that a test gives it.</summary>
public sealed class FakeOrderHistory : OrderHistoryService.OrderHistoryServiceBase
{
    public const string RebuildId = "0198c0de-0000-7000-8000-0000000000ee";
    private static readonly Timestamp At = Timestamp.FromDateTimeOffset(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public Calls Calls { get; } = new();

    public ConcurrentDictionary<string, HistoricOrder> Rows { get; } = [];

    /// <summary>A row that is as new as Ordering's order: confirmed, paid, sent.</summary>
    public static HistoricOrder Row(string orderId) => new()
    {
        Order = FakeOrdering.Order(orderId),
        Payment = new() { OrderId = orderId, Status = "captured", Amount = Won(200), Attempts = 3, Refunded = Won(0) },
        Shipment = FakeShipping.Shipment(orderId),
    };

    public override async Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context)
    {
        var answer = await Calls.TakeAsync(request, context, new GetOrderResponse { Order = Rows.GetValueOrDefault(request.OrderId) });
        return answer.Order is null ? throw new RpcException(new(StatusCode.NotFound, "no")) : answer;
    }

    public override Task<ListOrdersResponse> ListOrders(ListOrdersRequest request, ServerCallContext context)
    {
        var rows = Rows.Values.OrderByDescending(row => row.Order.OrderId, StringComparer.Ordinal)
            .Where(row => request.AfterId.Length == 0 || string.CompareOrdinal(row.Order.OrderId, request.AfterId) < 0).ToList();
        var size = request.PageSize == 0 ? 20 : request.PageSize;
        return Calls.TakeAsync(request, context, new ListOrdersResponse { Orders = { rows.Take(size) }, HasMore = rows.Count > size });
    }

    public override Task<FindOrdersResponse> FindOrders(FindOrdersRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new FindOrdersResponse
    {
        Orders = { OfMember(FakeOrdering.OrderId) },
        NextPageToken = "next",
    });

    public override Task<FindOrderResponse> FindOrder(FindOrderRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new FindOrderResponse { Order = OfMember(request.OrderId) });

    public override Task<GetFiguresResponse> GetFigures(GetFiguresRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new GetFiguresResponse
    {
        Minutes = { new MinuteFigures { Minute = At, Figures = Some(1) } },
        Today = Some(10),
        RejectedBy = { ["out_of_stock"] = 1 },
        PlacedToConfirmed = new() { P50 = 40.5, P95 = 90, P99 = 120 },
    });

    public override Task<StartRebuildResponse> StartRebuild(StartRebuildRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new StartRebuildResponse { RebuildId = RebuildId });

    public override Task<GetRebuildResponse> GetRebuild(GetRebuildRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetRebuildResponse { RebuildId = RebuildId, State = "running", EventsRead = 10, EventsTotal = 20, StartedAt = At });

    public override Task<CancelRebuildResponse> CancelRebuild(CancelRebuildRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new CancelRebuildResponse { RebuildId = RebuildId });

    private static MemberOrder OfMember(string orderId) => new() { Order = Row(orderId), MemberId = "0198c0de-0000-7000-8000-0000000000aa", CancelNote = "recalled" };

    private static Figures Some(long count) => new() { Placed = count, Confirmed = count, Rejected = 1, Cancelled = 0, Revenue = Won(200 * count) };

    private static Contract.Money Won(long amount) => new() { Amount = amount, Currency = "KRW" };
}
