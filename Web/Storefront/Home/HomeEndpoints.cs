using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Sessions;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Home;

internal static class HomeEndpoints
{
    private const int Newest = 12;

    public static void MapHome(this IEndpointRouteBuilder app) => app.MapPage("/", ShowAsync);

    private static async Task<IResult> ShowAsync(ProductCalls products, CategoryNames categories, GatewayClient gateway, Wording words, CancellationToken cancel)
    {
        var listed = categories.ListAsync(gateway, words.Language, cancel);
        var newest = await products.ListAsync(new(null, null, "newest", null), Newest, cancel);
        return View.Of<HomePage>(new HomeModel(await listed, newest.Items));
    }
}
