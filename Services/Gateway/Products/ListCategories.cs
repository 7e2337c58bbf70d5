using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.V1;

namespace Shop.Gateway.Products;

public sealed record CategoryView(string Id, string Name, int ProductCount);

public static class ListCategories
{
    public static async Task<Ok<PageOf<CategoryView>>> HandleAsync(HttpContext http, CatalogService.CatalogServiceClient catalog, CancellationToken cancel)
    {
        var answer = await catalog.ListCategoriesAsync(new() { Language = http.PickLanguage() }, cancellationToken: cancel);
        return TypedResults.Ok(PageOf.Items(answer.Categories.Select(c => new CategoryView(c.Id, c.Name, c.ProductCount)), ""));
    }
}
