using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Validation;
using static Shop.Basket.V1.BasketService;

namespace Shop.Gateway.Basket;

internal static class BasketEndpoints
{
    public static void MapBasket(this WebApplication app)
    {
        var basket = app.MapGroup("/api/v1").WithTags("Basket").WithMetadata(new InBothLanguages()).AllowMembers();

        basket.MapGet("/basket", GetAsync)
            .WithName("getBasket").WithSummary("The member's own basket, with the prices and the stock of this moment.").Answers(401, 403);
        basket.MapPut("/basket/items/{productId}", PutAsync)
            .WithName("putBasketItem").WithSummary("Sets how many pieces of a product are in the basket. 422: it is not sold any more, or the basket has 50 other products.")
            .Takes<QuantityBody>(QuantityBody.Example).Answers(401, 403, 404, 422);
        basket.MapDelete("/basket/items/{productId}", RemoveAsync)
            .WithName("removeBasketItem").WithSummary("Takes a product out of the basket, if it is there.").Answers(401, 403, 404);
    }

    private static async Task<Ok<BasketView>> GetAsync(HttpContext http, BasketServiceClient basket, BasketViews views, CancellationToken cancel)
    {
        var answer = await basket.GetBasketAsync(new(), cancellationToken: cancel);
        return TypedResults.Ok(await views.OfAsync(answer.Basket, http.PickLanguage(), cancel));
    }

    private static async Task<Ok<BasketView>> PutAsync(string productId, HttpContext http, BasketServiceClient basket, BasketViews views, CancellationToken cancel)
    {
        var request = QuantityBody.Read(await JsonBody.ReadAsync(http.Request, cancel), RouteId.Required(productId));
        var answer = await new Check().AnswerAsync(basket.PutItemAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(await views.OfAsync(answer.Basket, http.PickLanguage(), cancel));
    }

    private static async Task<Ok<BasketView>> RemoveAsync(string productId, HttpContext http, BasketServiceClient basket, BasketViews views, CancellationToken cancel)
    {
        var answer = await basket.RemoveItemAsync(new() { ProductId = RouteId.Required(productId) }, cancellationToken: cancel);
        return TypedResults.Ok(await views.OfAsync(answer.Basket, http.PickLanguage(), cancel));
    }
}
