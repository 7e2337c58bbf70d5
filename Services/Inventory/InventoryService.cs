using Grpc.Core;
using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Inventory;

/// <summary>The gRPC API: each call goes to its feature and declares who may call it.</summary>
internal sealed class InventoryService(Reserve reserve, Confirm confirm, Release release, Restock restock, GetStock getStock, SetStock setStock)
    : V1.InventoryService.InventoryServiceBase
{
    [AllowServices("ordering")]
    public override Task<ReserveResponse> Reserve(ReserveRequest request, ServerCallContext context) =>
        reserve.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<ConfirmResponse> Confirm(ConfirmRequest request, ServerCallContext context) =>
        confirm.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<ReleaseResponse> Release(ReleaseRequest request, ServerCallContext context) =>
        release.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<RestockResponse> Restock(RestockRequest request, ServerCallContext context) =>
        restock.HandleAsync(request, context.CancellationToken);

    [AllowServices("gateway"), AllowMembers]
    public override Task<GetStockResponse> GetStock(GetStockRequest request, ServerCallContext context) =>
        getStock.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<SetStockResponse> SetStock(SetStockRequest request, ServerCallContext context) =>
        setStock.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<SetStockIfUnchangedResponse> SetStockIfUnchanged(SetStockIfUnchangedRequest request, ServerCallContext context) =>
        setStock.HandleAsync(request, context.CancellationToken);
}
