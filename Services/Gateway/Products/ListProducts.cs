using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.V1;
using Shop.Gateway.Input;
using Shop.ServiceDefaults;

namespace Shop.Gateway.Products;

public static class ListProducts
{
    private static readonly Dictionary<string, ProductSort> Sorts = new()
    {
        ["relevance"] = ProductSort.Relevance,
        ["price"] = ProductSort.Price,
        ["-price"] = ProductSort.PriceDescending,
        ["newest"] = ProductSort.Newest,
    };

    public static async Task<Ok<Page<ProductView>>> HandleAsync(
        string? query, string? category, string? sort, string? pageSize, string? pageToken,
        HttpContext http, CatalogService.CatalogServiceClient catalog, CancellationToken cancel)
    {
        var check = new Check();
        var request = new ListProductsRequest
        {
            Query = check.OptionalLine("query", query, 200),
            CategoryId = check.OptionalLine("category", category, 200),
            Sort = check.Choice("sort", sort, Sorts, ProductSort.Unspecified),
            PageSize = check.PageSize(pageSize),
            PageToken = check.PageToken(pageToken),
            Language = string.IsNullOrEmpty(pageToken) ? http.PickLanguage() : http.LanguageAskedFor(),
        };
        check.ThrowIfAny();

        var answer = await ListAsync(catalog, request, cancel);
        return TypedResults.Ok(Pages.Of(answer.Products.Select(ProductView.Of), answer.NextPageToken));
    }

    private static async Task<ListProductsResponse> ListAsync(CatalogService.CatalogServiceClient catalog, ListProductsRequest request, CancellationToken cancel)
    {
        try
        {
            return await catalog.ListProductsAsync(request, cancellationToken: cancel);
        }
        catch (RpcException failure) when (failure.ToShopException() is InvalidException invalid)
        {
            // Out here the language is a header.
            throw invalid.Rename("language", "Accept-Language");
        }
    }
}
