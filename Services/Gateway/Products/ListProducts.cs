using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.V1;
using Shop.Gateway.Input;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.Gateway.Products;

internal static class ListProducts
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
            Query = query ?? "",
            CategoryId = category ?? "",
            Sort = check.Choice("sort", sort, Sorts, ProductSort.Unspecified),
            PageSize = check.PageSize(pageSize),
            PageToken = pageToken ?? "",
            Language = string.IsNullOrEmpty(pageToken) ? http.PickLanguage() : http.RequestedLanguage(),
        };
        // Out here the language is a header.
        var answer = await check.AnswerAsync(catalog.ListProductsAsync(request, cancellationToken: cancel), ("language", "Accept-Language"));
        return TypedResults.Ok(Pages.Of(answer.Products.Select(ProductView.Of), answer.NextPageToken));
    }
}
