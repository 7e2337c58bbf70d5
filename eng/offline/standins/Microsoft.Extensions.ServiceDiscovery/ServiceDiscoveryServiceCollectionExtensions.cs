using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ServiceDiscovery;
using Microsoft.Extensions.ServiceDiscovery.Configuration;
using Microsoft.Extensions.ServiceDiscovery.Http;
using Microsoft.Extensions.ServiceDiscovery.PassThrough;

namespace Microsoft.Extensions.DependencyInjection;

public static class ServiceDiscoveryServiceCollectionExtensions
{
    public static IServiceCollection AddServiceDiscovery(this IServiceCollection services) =>
        services.AddServiceDiscoveryCore().AddConfigurationServiceEndpointProvider().AddPassThroughServiceEndpointProvider();

    public static IServiceCollection AddServiceDiscovery(this IServiceCollection services, Action<ServiceDiscoveryOptions> configureOptions) =>
        services.AddServiceDiscoveryCore(configureOptions).AddConfigurationServiceEndpointProvider().AddPassThroughServiceEndpointProvider();

    /// <summary>Without any way to find an endpoint: those are added one by one.</summary>
    public static IServiceCollection AddServiceDiscoveryCore(this IServiceCollection services) => services.AddServiceDiscoveryCore(_ => { });

    public static IServiceCollection AddServiceDiscoveryCore(this IServiceCollection services, Action<ServiceDiscoveryOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configureOptions);

        services.AddOptions<ServiceDiscoveryOptions>()
            .Configure(configureOptions)
            .Validate(options => options.AllowedSchemes is not null, $"{nameof(ServiceDiscoveryOptions.AllowedSchemes)} must not be null.");
        services.AddLogging();
        services.TryAddSingleton(_ => TimeProvider.System);
        services.TryAddSingleton<ServiceLookups>();
        services.TryAddSingleton<IServiceDiscoveryHttpMessageHandlerFactory, ServiceDiscoveryHttpMessageHandlerFactory>();
        services.TryAddSingleton(provider => new ServiceEndpointResolver(provider.GetRequiredService<ServiceLookups>()));
        return services;
    }

    public static IServiceCollection AddConfigurationServiceEndpointProvider(this IServiceCollection services) =>
        services.AddConfigurationServiceEndpointProvider(_ => { });

    public static IServiceCollection AddConfigurationServiceEndpointProvider(
        this IServiceCollection services, Action<ConfigurationServiceEndpointProviderOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configureOptions);

        services.AddServiceDiscoveryCore();
        services.AddSingleton<IServiceEndpointProviderFactory, ConfigurationServiceEndpointProviderFactory>();
        services.AddOptions<ConfigurationServiceEndpointProviderOptions>()
            .Configure(configureOptions)
            .Validate(options => !string.IsNullOrWhiteSpace(options.SectionName), $"{nameof(ConfigurationServiceEndpointProviderOptions.SectionName)} must not be null or empty.")
            .Validate(options => options.ShouldApplyHostNameMetadata is not null, $"{nameof(ConfigurationServiceEndpointProviderOptions.ShouldApplyHostNameMetadata)} must not be null.");
        return services;
    }

    public static IServiceCollection AddPassThroughServiceEndpointProvider(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddServiceDiscoveryCore();
        services.AddSingleton<IServiceEndpointProviderFactory, PassThroughServiceEndpointProviderFactory>();
        return services;
    }
}
