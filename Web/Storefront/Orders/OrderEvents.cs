using System.Net;
using Microsoft.Net.Http.Headers;
using Shop.Design.Sessions;

namespace Shop.Storefront.Orders;

/// <summary>The gateway's stream of an order's changes, handed on with the session's token.</summary>
internal static class OrderEvents
{
    private const string ContentType = "text/event-stream";

    public static async Task HandleAsync(Guid id, HttpContext http, GatewayClient gateway, IHostApplicationLifetime lifetime, CancellationToken cancel)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/orders/{id}/events");
        if (http.Request.Headers.TryGetValue("Last-Event-ID", out var last))
            request.Headers.TryAddWithoutValidation("Last-Event-ID", (IEnumerable<string?>)last);

        using var answer = await gateway.OpenMineAsync(request, until.Token);
        if (answer.StatusCode == HttpStatusCode.NoContent)
        {
            // Seen to the end: with this status a browser does not connect again.
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";    // nginx would collect events
        http.Response.Headers.Remove(HeaderNames.ContentEncoding);
        try
        {
            // At once: a browser knows that the stream is open, and a proxy does not wait.
            await http.Response.WriteAsync(": open\n\n", until.Token);
            await http.Response.Body.FlushAsync(until.Token);
            await CopyAsync(await answer.Content.ReadAsStreamAsync(until.Token), http.Response.Body, until.Token);
        }
        catch (Exception failure) when (until.IsCancellationRequested || failure is HttpRequestException or IOException)
        {
            // The browser has gone, this process stops, or the gateway has gone: a browser connects again with the last id it saw.
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        int read;
        while ((read = await from.ReadAsync(buffer, cancel)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            await to.FlushAsync(cancel);
        }
    }
}
