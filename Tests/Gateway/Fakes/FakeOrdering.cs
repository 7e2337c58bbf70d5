using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shop.Ordering.V1;
using Shop.Testing;
using Contract = Shop.Common.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeOrdering : OrderingService.OrderingServiceBase
{
    public const string OrderId = "0198c0de-0000-7000-8000-0000000000bb";
    private static readonly Timestamp At = Timestamp.FromDateTimeOffset(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public Calls Calls { get; } = new();

    public static Order Order(string id) => new()
    {
        OrderId = id,
        Status = "confirmed",
        PlacedAt = At,
        Lines = { new PricedLine { ProductId = "0198c0de-0000-7000-8000-000000000001", Name = "키보드", Names = new() { Ko = "키보드", En = "Keyboard" }, Quantity = 2, UnitPrice = Won(100), LineTotal = Won(200) } },
        Subtotal = Won(200),
        Discount = Won(0),
        Total = Won(200),
        Timeline = { new TimelineEntry { At = At, What = "placed" } },
    };

    public override Task<PlaceOrderResponse> PlaceOrder(PlaceOrderRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new PlaceOrderResponse { OrderId = OrderId, Status = "pending" });

    public override Task<QuoteOrderResponse> QuoteOrder(QuoteOrderRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new QuoteOrderResponse { Subtotal = Won(200), Discount = Won(20), Total = Won(180) });

    public override Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetOrderResponse { Order = Order(request.OrderId) });

    public override Task<ListOrdersResponse> ListOrders(ListOrdersRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ListOrdersResponse { Orders = { Order(OrderId) } });

    /// <summary>What a watcher is told, answer by answer.</summary>
    public Func<WatchOrderRequest, StatusChange[][]> Changes { get; set; } = _ => [[Change(2, "confirmed")]];

    /// <summary>Whether the order's status is final.</summary>
    public bool IsFinal { get; set; }

    /// <summary>Whether the stream ends after its last answer.</summary>
    public bool Ends { get; set; } = true;

    public override async Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
    {
        await Calls.TakeAsync(request, context, request);
        foreach (var changes in Changes(request))
            await responseStream.WriteAsync(new() { Changes = { changes }, Ended = IsFinal }, context.CancellationToken);
        if (!Ends)
            await Unanswered.UntilAsync(context.CancellationToken);
    }

    public static StatusChange Change(long sequence, string status, string? reason = null)
    {
        var change = new StatusChange { Sequence = sequence, Status = status, At = At };
        if (reason is not null)
            change.Reason = reason;
        return change;
    }

    public override Task<CancelOrderResponse> CancelOrder(CancelOrderRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new CancelOrderResponse { OrderId = request.OrderId, Status = "cancelling" });

    public override Task<RefundOrderResponse> RefundOrder(RefundOrderRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new RefundOrderResponse { OrderId = request.OrderId, Status = "cancelling" });

    public override Task<CountOverdueSagasResponse> CountOverdueSagas(CountOverdueSagasRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new CountOverdueSagasResponse { Overdue = 2 });

    public override Task<ListSagasResponse> ListSagas(ListSagasRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ListSagasResponse { Sagas = { Saga(OrderId) } });

    public override Task<GetSagaResponse> GetSaga(GetSagaRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new GetSagaResponse
    {
        Saga = Saga(request.SagaId),
        Log = { new SagaLogEntry { Sequence = 1, Step = "reserve stock", Direction = "forward", Attempt = 1, Outcome = "done", StartedAt = At, Duration = new() { Nanos = 5_000_000 }, TraceId = "abc" } },
    });

    public override Task<RetrySagaResponse> RetrySaga(RetrySagaRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new RetrySagaResponse());

    public override Task<CompensateSagaResponse> CompensateSaga(CompensateSagaRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new CompensateSagaResponse());

    private static Saga Saga(string id) => new()
    {
        SagaId = id, Type = "CheckoutSaga", State = "running", Step = "authorise payment", Attempts = 2, StartedAt = At, Deadline = At, DueAt = At, OrderId = OrderId,
    };

    private static Contract.Money Won(long amount) => new() { Amount = amount, Currency = "KRW" };
}
