using Microsoft.AspNetCore.WebUtilities;
using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Storefront.Reviews;

/// <summary>The API's reviews.</summary>
internal sealed class ReviewCalls(GatewayClient gateway)
{
    private const int First = 3;

    /// <returns>Null: not available at the moment. A product without its reviews is still a page.</returns>
    public async Task<PageOf<Review>?> FirstAsync(string product, CancellationToken cancel)
    {
        try
        {
            return await gateway.GetAsync<PageOf<Review>>(Path(product, null, null, First), cancel);
        }
        catch (ApiException)
        {
            // Also 404: of an unknown product the page itself says so.
            return null;
        }
    }

    public Task<PageOf<Review>> ListAsync(string product, string? sort, string? pageToken, CancellationToken cancel) =>
        gateway.GetAsync<PageOf<Review>>(Path(product, sort, pageToken, 20), cancel);

    public Task WriteAsync(string product, int stars, string text, CancellationToken cancel) =>
        gateway.SendAsync<object>(HttpMethod.Post, Path(product), new { stars, text }, cancel);

    private static string Path(string product) => $"/api/v1/products/{Uri.EscapeDataString(product)}/reviews";

    private static string Path(string product, string? sort, string? pageToken, int pageSize) => QueryHelpers.AddQueryString(Path(product), new Dictionary<string, string?>
    {
        ["sort"] = sort, ["pageToken"] = pageToken, ["pageSize"] = $"{pageSize}",
    }.Where(parameter => parameter.Value is not null));
}
