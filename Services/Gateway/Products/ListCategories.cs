using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.V1;

namespace Shop.Gateway.Products;

internal sealed record CategoryView(string Id, string Name, int ProductCount);

internal static class ListCategories
{
    public static async Task<Ok<Page<CategoryView>>> HandleAsync(HttpContext http, CatalogService.CatalogServiceClient catalog, CancellationToken cancel)
    {
        var answer = await catalog.ListCategoriesAsync(new() { Language = http.PickLanguage() }, cancellationToken: cancel);
        return TypedResults.Ok(Pages.Of(answer.Categories.Select(c => new CategoryView(c.Id, c.Name, c.ProductCount))));
    }
}
