using Microsoft.Extensions.DependencyInjection;

namespace Shop.ServiceDefaults.Discovery;

internal static class HttpClientBuilderExtensions
{
    /// <summary>For clients that handle failures themselves.</summary>
    public static IHttpClientBuilder WithoutResilienceHandlers(this IHttpClientBuilder http)
    {
#pragma warning disable EXTEXP0001 // Still marked as experimental; Aspire's own templates use it.
        return http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
