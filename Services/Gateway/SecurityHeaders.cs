namespace Shop.Gateway;

/// <summary>On every answer, also on those that never reach an endpoint.</summary>
internal sealed class SecurityHeaders : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            // As late as possible: an error clears the headers that were set before it.
            http.Response.OnStarting(() =>
            {
                Set(http.Response.Headers, http.GetEndpoint()?.Metadata.GetMetadata<PagePolicy>());
                return Task.CompletedTask;
            });
            return rest(http);
        });
        next(app);
    };

    private static void Set(IHeaderDictionary headers, PagePolicy? page)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        // Elsewhere there are no pages, only data and pictures; a drawing (SVG) that somebody opens alone may style itself and nothing else.
        headers.ContentSecurityPolicy = page?.ContentSecurity ?? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
        // What may be kept says so itself.
        headers.CacheControl = headers.CacheControl.Count == 0 ? "no-store" : headers.CacheControl;
    }
}

/// <summary>What an endpoint that answers with a page lets it load.</summary>
internal sealed record PagePolicy(string ContentSecurity);
