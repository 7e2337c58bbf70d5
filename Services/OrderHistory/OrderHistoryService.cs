using Grpc.Core;
using Shop.OrderHistory.Figures;
using Shop.OrderHistory.Orders;
using Shop.OrderHistory.Rebuilds;
using Shop.OrderHistory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.OrderHistory;

/// <summary>The gRPC API: one line per call, each to its feature, each saying who may call it.</summary>
internal sealed class OrderHistoryService(
    GetOrder getOrder, ListOrders listOrders, FindOrders findOrders, FindOrder findOrder, GetFigures getFigures, StartRebuild startRebuild, GetRebuild getRebuild,
    CancelRebuild cancelRebuild)
    : V1.OrderHistoryService.OrderHistoryServiceBase
{
    [AllowMembers]
    public override Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context) =>
        getOrder.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task<ListOrdersResponse> ListOrders(ListOrdersRequest request, ServerCallContext context) =>
        listOrders.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowOperators]
    public override Task<FindOrdersResponse> FindOrders(FindOrdersRequest request, ServerCallContext context) =>
        findOrders.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<FindOrderResponse> FindOrder(FindOrderRequest request, ServerCallContext context) =>
        findOrder.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<GetFiguresResponse> GetFigures(GetFiguresRequest request, ServerCallContext context) =>
        getFigures.HandleAsync(context.CancellationToken);

    [AllowOperators]
    public override Task<StartRebuildResponse> StartRebuild(StartRebuildRequest request, ServerCallContext context) =>
        startRebuild.HandleAsync(context.CancellationToken);

    [AllowOperators]
    public override Task<GetRebuildResponse> GetRebuild(GetRebuildRequest request, ServerCallContext context) =>
        getRebuild.HandleAsync(context.CancellationToken);

    [AllowOperators]
    public override Task<CancelRebuildResponse> CancelRebuild(CancelRebuildRequest request, ServerCallContext context) =>
        cancelRebuild.HandleAsync(context.CancellationToken);
}
