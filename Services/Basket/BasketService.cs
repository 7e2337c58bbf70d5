using Grpc.Core;
using Shop.Basket.Items;
using Shop.Basket.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Basket;

/// <summary>The gRPC API: one line per call, each to its feature, each saying who may call it.</summary>
internal sealed class BasketService(GetBasket getBasket, PutItem putItem, RemoveItem removeItem) : V1.BasketService.BasketServiceBase
{
    [AllowMembers]
    public override Task<GetBasketResponse> GetBasket(GetBasketRequest request, ServerCallContext context) =>
        getBasket.HandleAsync(context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task<PutItemResponse> PutItem(PutItemRequest request, ServerCallContext context) =>
        putItem.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task<RemoveItemResponse> RemoveItem(RemoveItemRequest request, ServerCallContext context) =>
        removeItem.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<GetBasketForOrderResponse> GetBasketForOrder(GetBasketForOrderRequest request, ServerCallContext context) =>
        getBasket.HandleAsync(request, context.CancellationToken);
}
