using Microsoft.Net.Http.Headers;
using Shop.Design.Gateway;

namespace Shop.Storefront.Pictures;

/// <summary>Pictures of products, which Catalog draws: from this site, so that pages load nothing from elsewhere.</summary>
internal static class PictureEndpoints
{
    private static readonly string[] Asked = [HeaderNames.IfNoneMatch];
    private static readonly string[] Answered = [HeaderNames.ETag, HeaderNames.CacheControl];

    public static void MapPictures(this IEndpointRouteBuilder app) => app.MapGet("/images/{kind}/{name}", GetAsync);

    private static async Task GetAsync(string kind, string name, HttpContext http, IHttpClientFactory clients, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/images/{Uri.EscapeDataString(kind)}/{Uri.EscapeDataString(name)}");
        foreach (var header in Asked)
        {
            if (http.Request.Headers.TryGetValue(header, out var values))
                request.Headers.TryAddWithoutValidation(header, (IEnumerable<string?>)values);
        }

        using var answer = await SendAsync(clients.CreateClient(GatewayHttp.Calls), request, cancel);
        http.Response.StatusCode = (int)answer.StatusCode;
        if (answer.StatusCode is not (System.Net.HttpStatusCode.OK or System.Net.HttpStatusCode.NotModified))
            return;

        foreach (var header in Answered)
        {
            if (answer.Headers.TryGetValues(header, out var values))
                http.Response.Headers[header] = values.ToArray();
        }

        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.StatusCode == System.Net.HttpStatusCode.OK)
            await answer.Content.CopyToAsync(http.Response.Body, cancel);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && failure is HttpRequestException or OperationCanceledException)
        {
            throw ApiException.Unavailable(failure);
        }
    }
}
