using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;

namespace Shop.ServiceDefaults.Discovery;

internal static class DiscoveryExtensions
{
    /// <summary>Services are found by name, and every HTTP client gets the standard resilience handler.</summary>
    /// <remarks>
    /// The handler retries; a request that may have had an effect must not be among what it retries, so only safe methods are.
    /// gRPC upstreams take it off again: their failures are in trailers, which it never sees (<c>AddGrpcClient</c>).
    /// </remarks>
    public static void AddDiscovery(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(resilience => resilience.Retry.DisableForUnsafeHttpMethods());
            http.AddServiceDiscovery();
        });
    }
}
