using Shop.Design.Pages;
using Shop.Storefront.Catalog;
using Shop.Storefront.Reviews;

namespace Shop.Storefront.Products;

internal static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        app.MapPage("/products/{id}", ShowAsync);
        app.MapForm("/products/{id}/reviews", WriteReview.HandleAsync);
        app.MapPage("/search", SearchAsync);
    }

    private static async Task<IResult> ShowAsync(string id, int? added, string? reviewed, ProductCalls products, ReviewCalls reviews, CancellationToken cancel)
    {
        var listed = reviews.FirstAsync(id, cancel);
        var product = await products.GetAsync(id, cancel);
        var first = await listed;
        return View.Of<ProductPage>(new ProductModel(product, first?.Items, first?.NextPageToken is not null, ReviewDraft.Empty, Math.Clamp(added ?? 0, 0, 99), reviewed));
    }

    private static async Task<IResult> SearchAsync(string? query, string? sort, string? pageToken, ProductCalls products, CancellationToken cancel)
    {
        var words = query?.Trim();
        if (string.IsNullOrEmpty(words))
            return View.Of<SearchPage>(new SearchModel(new(null, null, null, null), null));

        var search = new ProductQuery(words[..Math.Min(words.Length, 200)], null, ProductQuery.Known(sort), pageToken);
        return View.Of<SearchPage>(new SearchModel(search, await products.ListAsync(search, ProductCalls.PageSize, cancel)));
    }
}
