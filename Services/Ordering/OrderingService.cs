using Grpc.Core;
using Shop.Ordering.Checkout;
using Shop.Ordering.Operators;
using Shop.Ordering.Orders;
using Shop.Ordering.Refunds;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Ordering;

/// <summary>The gRPC face: one line per call, each to its feature, each saying who may call it.</summary>
internal sealed class OrderingService(
    PlaceOrder placeOrder, QuoteOrder quoteOrder, GetOrder getOrder, ListOrders listOrders, WatchOrder watchOrder, CancelOrder cancelOrder,
    RefundOrder refundOrder, InspectSagas sagas)
    : V1.OrderingService.OrderingServiceBase
{
    [AllowMembers]
    public override Task<PlaceOrderResponse> PlaceOrder(PlaceOrderRequest request, ServerCallContext context) =>
        placeOrder.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task<QuoteOrderResponse> QuoteOrder(QuoteOrderRequest request, ServerCallContext context) =>
        quoteOrder.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context) =>
        getOrder.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task<ListOrdersResponse> ListOrders(ListOrdersRequest request, ServerCallContext context) =>
        listOrders.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context) =>
        watchOrder.HandleAsync(request, context.Caller(), responseStream, context.CancellationToken);

    [AllowMembers]
    public override Task<CancelOrderResponse> CancelOrder(CancelOrderRequest request, ServerCallContext context) =>
        cancelOrder.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowOperators]
    public override Task<RefundOrderResponse> RefundOrder(RefundOrderRequest request, ServerCallContext context) =>
        refundOrder.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowOperators]
    public override Task<ListSagasResponse> ListSagas(ListSagasRequest request, ServerCallContext context) =>
        sagas.ListAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<GetSagaResponse> GetSaga(GetSagaRequest request, ServerCallContext context) =>
        sagas.GetAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<RetrySagaResponse> RetrySaga(RetrySagaRequest request, ServerCallContext context) =>
        sagas.RetryAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<CountOverdueSagasResponse> CountOverdueSagas(CountOverdueSagasRequest request, ServerCallContext context) =>
        sagas.CountOverdueAsync(context.CancellationToken);

    [AllowOperators]
    public override Task<CompensateSagaResponse> CompensateSaga(CompensateSagaRequest request, ServerCallContext context) =>
        sagas.CompensateAsync(request, context.Caller(), context.CancellationToken);
}
