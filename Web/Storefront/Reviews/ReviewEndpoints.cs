using Shop.Design.Pages;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Reviews;

internal static class ReviewEndpoints
{
    private static readonly string[] Sorts = ["newest", "stars", "-stars"];

    public static void MapReviews(this IEndpointRouteBuilder app) => app.MapPage("/products/{id}/reviews", ListAsync);

    private static async Task<IResult> ListAsync(string id, string? sort, string? pageToken, ProductCalls products, ReviewCalls reviews, CancellationToken cancel)
    {
        var order = Sorts.Contains(sort) ? sort! : "newest";
        var product = await products.GetAsync(id, cancel);
        return View.Of<ReviewsPage>(new ReviewsModel(product, order, pageToken is not null, await reviews.ListAsync(id, order, pageToken, cancel)));
    }
}
