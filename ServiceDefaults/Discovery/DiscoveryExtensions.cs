using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;

namespace Shop.ServiceDefaults.Discovery;

internal static class DiscoveryExtensions
{
    /// <summary>Adds service discovery by name, and the standard resilience handler for every HTTP client.</summary>
    /// <remarks>
    /// The handler retries safe methods only, because other requests may have had an effect.
    /// <c>AddGrpcClient</c> removes it: gRPC failures are in trailers, which the handler does not see.
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
