using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery;
using Microsoft.Extensions.ServiceDiscovery.Http;

namespace Microsoft.Extensions.DependencyInjection;

public static class ServiceDiscoveryHttpClientBuilderExtensions
{
    public static IHttpClientBuilder AddServiceDiscovery(this IHttpClientBuilder httpClientBuilder)
    {
        ArgumentNullException.ThrowIfNull(httpClientBuilder);

        httpClientBuilder.Services.AddServiceDiscoveryCore();
        httpClientBuilder.AddHttpMessageHandler(services => new ResolvingHandler(
            services.GetRequiredService<ServiceLookups>(), services.GetRequiredService<IOptions<ServiceDiscoveryOptions>>().Value));

        httpClientBuilder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, DisableGrpcLoadBalancing>());
        httpClientBuilder.Services.Configure<DisableGrpcLoadBalancing.Clients>(clients => clients.Names.Add(httpClientBuilder.Name));
        return httpClientBuilder;
    }
}
