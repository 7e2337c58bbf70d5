using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.V1;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.Gateway.Products;

namespace Shop.Gateway.Operators.Products;

/// <summary>What an operator changes of products.</summary>
internal static class ProductOperations
{
    public static void MapProductOperations(this RouteGroupBuilder ops)
    {
        ops.MapPost("/products", CreateAsync)
            .WithName("createProduct").WithSummary("Adds a product.").Takes<CreateProductBody>(CreateProductBody.Example).Answers(401, 403);
        ops.MapPatch("/products/{id}", UpdateAsync)
            .WithName("updateProduct").WithSummary("Changes what is given of a product.").Takes<UpdateProductBody>(UpdateProductBody.Example).Answers(401, 403, 404);
        ops.MapPost("/products/{id}/discontinue", DiscontinueAsync)
            .WithName("discontinueProduct").WithSummary("A product is not sold any more: lists and searches no longer have it, orders keep it.").Answers(401, 403, 404);
    }

    private static async Task<Created<ProductView>> CreateAsync(HttpContext http, CatalogService.CatalogServiceClient catalog, CancellationToken cancel)
    {
        var body = await JsonBody.ReadAsync(http.Request, cancel);
        var request = CreateProductBody.Read(body);
        request.Language = http.PickLanguage();
        var answer = await body.Check.AnswerAsync(catalog.CreateProductAsync(request, cancellationToken: cancel));
        return TypedResults.Created($"/api/v1/products/{answer.Product.Id}", ProductView.Of(answer.Product));
    }

    private static async Task<Ok<ProductView>> UpdateAsync(string id, HttpContext http, CatalogService.CatalogServiceClient catalog, CancellationToken cancel)
    {
        var body = await JsonBody.ReadAsync(http.Request, cancel);
        var request = UpdateProductBody.Read(body);
        request.ProductId = RouteId.Required(id);
        request.Language = http.PickLanguage();
        var answer = await body.Check.AnswerAsync(catalog.UpdateProductAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(ProductView.Of(answer.Product));
    }

    private static async Task<NoContent> DiscontinueAsync(string id, CatalogService.CatalogServiceClient catalog, CancellationToken cancel)
    {
        await catalog.DiscontinueProductAsync(new() { ProductId = RouteId.Required(id) }, cancellationToken: cancel);
        return TypedResults.NoContent();
    }
}
