using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.ServiceDiscovery.Http;

internal sealed class ServiceDiscoveryHttpMessageHandlerFactory(ServiceLookups lookups, IOptions<ServiceDiscoveryOptions> options)
    : IServiceDiscoveryHttpMessageHandlerFactory
{
    public HttpMessageHandler CreateHandler(HttpMessageHandler handler) => new ResolvingHandler(lookups, options.Value) { InnerHandler = handler };
}
