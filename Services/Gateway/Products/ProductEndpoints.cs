using Shop.Gateway.OpenApi;
using Shop.ServiceDefaults;

namespace Shop.Gateway.Products;

public static class ProductEndpoints
{
    public static void MapProducts(this WebApplication app)
    {
        var products = app.MapGroup("/api/v1").WithTags("Products").AllowAnyone();

        products.MapGet("/products", ListProducts.HandleAsync)
            .WithSummary("Browses and searches products, in both languages at once.").Answers(400);
        products.MapGet("/products/{id}", GetProduct.HandleAsync)
            .WithSummary("One product with its stock and rating.").Answers(404);
        products.MapGet("/categories", ListCategories.HandleAsync)
            .WithSummary("All categories.");
    }
}
