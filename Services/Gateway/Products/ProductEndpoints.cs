using Shop.Gateway.OpenApi;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Gateway.Products;

internal static class ProductEndpoints
{
    public static void MapProducts(this WebApplication app)
    {
        var products = app.MapGroup("/api/v1").WithTags("Products").WithMetadata(new InBothLanguages()).AllowAnyone();

        products.MapGet("/products", ListProducts.HandleAsync).WithMetadata(new SortsOf("relevance", "price", "-price", "newest"))
            .WithName("listProducts").WithSummary("Browses and searches products, in both languages at once.").Answers(400);
        products.MapGet("/products/{id}", GetProduct.HandleAsync)
            .WithName("getProduct").WithSummary("One product with its stock, rating and first reviews.").Answers(404);
        products.MapGet("/categories", ListCategories.HandleAsync)
            .WithName("listCategories").WithSummary("All categories.");
    }
}
