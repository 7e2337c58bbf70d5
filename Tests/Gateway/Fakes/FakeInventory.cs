using Grpc.Core;
using Shop.Inventory.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeInventory : InventoryService.InventoryServiceBase
{
    public Calls Calls { get; } = new();

    public override Task<GetStockResponse> GetStock(GetStockRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetStockResponse { Stock = { request.ProductIds.Select(id => new Stock { ProductId = id, OnHand = 38, Reserved = 1, Available = 37, Version = 7 }) } });

    public override Task<SetStockResponse> SetStock(SetStockRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new SetStockResponse());

    public override Task<SetStockIfUnchangedResponse> SetStockIfUnchanged(SetStockIfUnchangedRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new SetStockIfUnchangedResponse());
}
