using Microsoft.AspNetCore.Mvc;
using Shop.Console.Actions;
using Shop.Design.Pages;

namespace Shop.Console.Products;

internal static class ProductEndpoints
{
    // Two descriptions of 2,000 letters, as they are and as they were, each letter up to 12 bytes in a form.
    private const int LargestForm = 256 * 1024;

    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        app.MapPage("/products", async (string? query, string? pageToken, ProductCalls products, CancellationToken cancel) =>
        {
            var words = query?.Trim() is { Length: > 0 } typed ? typed[..Math.Min(typed.Length, 200)] : null;
            var page = await products.ListAsync(words, pageToken, cancel);
            return View.Of<ProductsPage>(new ProductsModel(page.Items, words, page.NextPageToken));
        });
        app.MapPage("/products/new", (ProductPages pages, CancellationToken cancel) => pages.ShowAsync(null, ProductForm.Empty, FormErrors.None, cancel));
        app.MapForm("/products/new", (HttpContext http, ProductPages pages, CancellationToken cancel) => pages.CreateAsync(http, cancel)).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        app.MapPage("/products/{id:guid}", async (Guid id, ProductCalls products, ProductPages pages, CancellationToken cancel) =>
            await pages.ShowAsync(id, await products.GetAsync(id, cancel), FormErrors.None, cancel));
        app.MapForm("/products/{id:guid}", (Guid id, HttpContext http, ProductPages pages, CancellationToken cancel) => pages.ChangeAsync(id, http, cancel)).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        app.MapForm("/products/{id:guid}/stock", (Guid id, HttpContext http, ProductPages pages, CancellationToken cancel) => pages.SetStockAsync(id, http, cancel));
        app.MapAction("/products/{id:guid}/discontinue", DiscontinueProduct.Action);
    }
}
