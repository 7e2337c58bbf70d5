namespace Microsoft.Extensions.DependencyInjection;
public static class ServiceDiscoveryServiceCollectionExtensions { public static IServiceCollection AddServiceDiscovery(this IServiceCollection services) => services; }
public static class ServiceDiscoveryHttpClientBuilderExtensions { public static IHttpClientBuilder AddServiceDiscovery(this IHttpClientBuilder b) => b; }
