using Microsoft.AspNetCore.WebUtilities;

namespace Shop.Storefront.Catalog;

/// <summary>What a list of products shows; all of it is in the page's address.</summary>
public sealed record ProductQuery(string? Query, string? Category, string? Sort, string? PageToken)
{
    private static readonly string[] Sorts = ["relevance", "newest", "price", "-price"];

    /// <summary>Null for what is no order of ours.</summary>
    public static string? Known(string? sort) => Sorts.Contains(sort) ? sort : null;

    /// <summary>The address of the list with another order or of another page.</summary>
    public string At(string path, string? sort, string? pageToken = null) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["query"] = Query, ["sort"] = sort, ["pageToken"] = pageToken,
    }.Where(parameter => parameter.Value is not null));

    /// <summary>The same for the API.</summary>
    public string ForApi(int pageSize) => QueryHelpers.AddQueryString("/api/v1/products", new Dictionary<string, string?>
    {
        ["query"] = Query, ["category"] = Category, ["sort"] = Sort, ["pageSize"] = $"{pageSize}", ["pageToken"] = PageToken,
    }.Where(parameter => !string.IsNullOrEmpty(parameter.Value)));
}
