using Grpc.Core;
using Shop.Basket.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeBasket : BasketService.BasketServiceBase
{
    public const string First = "0198c0de-0000-7000-8000-000000000001";
    public const string Second = "0198c0de-0000-7000-8000-000000000002";

    public Calls Calls { get; } = new();

    public static Shop.Basket.V1.Basket Basket => new()
    {
        Items = { new BasketItem { ProductId = First, Quantity = 2 }, new BasketItem { ProductId = Second, Quantity = 1 } },
        Version = 5,
    };

    public override Task<GetBasketResponse> GetBasket(GetBasketRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new GetBasketResponse { Basket = Basket });

    public override Task<PutItemResponse> PutItem(PutItemRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new PutItemResponse { Basket = Basket });

    public override Task<RemoveItemResponse> RemoveItem(RemoveItemRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new RemoveItemResponse { Basket = new() });
}
