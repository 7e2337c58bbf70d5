using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Sessions;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Categories;

internal static class CategoryEndpoints
{
    public static void MapCategories(this IEndpointRouteBuilder app) => app.MapPage("/categories/{id}", ShowAsync);

    private static async Task<IResult> ShowAsync(
        string id, string? sort, string? pageToken, ProductCalls products, CategoryNames categories, GatewayClient gateway, Wording words, CancellationToken cancel)
    {
        var query = new ProductQuery(null, id, ProductQuery.Known(sort) ?? "newest", pageToken);
        var names = categories.ListAsync(gateway, words.Language, cancel);
        var list = await products.ListAsync(query, ProductCalls.PageSize, cancel);
        var category = (await names).FirstOrDefault(category => category.Id == id) ?? (list.Items is [var first, ..] ? first.Category : null);
        return category is null ? TypedResults.NotFound() : View.Of<CategoryPage>(new CategoryModel(category, query, list));
    }
}
