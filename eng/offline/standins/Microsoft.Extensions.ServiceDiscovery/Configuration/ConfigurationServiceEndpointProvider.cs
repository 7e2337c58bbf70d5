using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.ServiceDiscovery.Configuration;

/// <summary>Reads <c>Services:{service}:{endpoint}[:{index}]</c>, the way Aspire tells a program where others are.</summary>
internal sealed class ConfigurationServiceEndpointProvider(
    ServiceEndpointQuery query,
    IConfiguration configuration,
    ConfigurationServiceEndpointProviderOptions options,
    ServiceDiscoveryOptions discovery) : IServiceEndpointProvider, IHostNameFeature
{
    private const string DefaultEndpoint = "default";

    private readonly IReadOnlyList<string> _schemes = discovery.ApplyAllowedSchemes(query.IncludedSchemes);

    string IHostNameFeature.HostName => query.ServiceName;

    public ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
    {
        if (endpoints.Endpoints.Count > 0)
        {
            return default; // an earlier provider knows better
        }

        var service = configuration.GetSection(options.SectionName).GetSection(query.ServiceName);
        endpoints.AddChangeToken(service.Exists() ? service.GetReloadToken() : configuration.GetReloadToken());
        if (FindEndpointSection(service) is { } section)
        {
            foreach (var endpoint in WithPreferredScheme(Read(section)))
            {
                endpoints.Endpoints.Add(endpoint);
            }
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;

    public override string ToString() => "Configuration";

    /// <summary>An endpoint without a name is "default", or the one that is called like a wanted scheme.</summary>
    private IConfigurationSection? FindEndpointSection(IConfigurationSection service)
    {
        IEnumerable<string> names = string.IsNullOrWhiteSpace(query.EndpointName) ? [DefaultEndpoint, .. _schemes] : [query.EndpointName];
        return names.Select(service.GetSection).FirstOrDefault(section => section.Exists());
    }

    private List<ServiceEndpoint> Read(IConfigurationSection section)
    {
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            return [Parse(section, section.Key)];
        }

        var entries = section.GetChildren().ToList();
        if (entries.Any(entry => !int.TryParse(entry.Key, out _)))
        {
            throw new KeyNotFoundException($"The endpoint configuration section for service '{query.ServiceName}' endpoint '{section.Key}' has non-numeric keys.");
        }

        return [.. entries.Select(entry => Parse(entry, section.Key))];
    }

    private ServiceEndpoint Parse(IConfigurationSection entry, string endpointName)
    {
        if (!ServiceEndpoint.TryParse(entry.Value, out var endpoint))
        {
            throw new KeyNotFoundException($"The endpoint configuration section for service '{query.ServiceName}' endpoint '{endpointName}' has an invalid value with key '{entry.Key}'.");
        }

        endpoint.Features.Set<IServiceEndpointProvider>(this);
        if (options.ShouldApplyHostNameMetadata(endpoint))
        {
            endpoint.Features.Set<IHostNameFeature>(this);
        }

        return endpoint;
    }

    /// <summary>Of "https+http" only the https endpoints, if there are any; endpoints that name no scheme always count.</summary>
    private IEnumerable<ServiceEndpoint> WithPreferredScheme(List<ServiceEndpoint> found)
    {
        if (discovery.AllowAllSchemes && query.IncludedSchemes.Count == 0)
        {
            return found;
        }

        var present = found.Select(Scheme).OfType<string>().ToHashSet();
        var preferred = _schemes.FirstOrDefault(present.Contains);
        return found.Where(endpoint => Scheme(endpoint) is not { } scheme || scheme == preferred);
    }

    private static string? Scheme(ServiceEndpoint endpoint) => (endpoint.EndPoint as UriEndPoint)?.Uri.Scheme;
}

internal sealed class ConfigurationServiceEndpointProviderFactory(
    IConfiguration configuration,
    IOptions<ConfigurationServiceEndpointProviderOptions> options,
    IOptions<ServiceDiscoveryOptions> discovery) : IServiceEndpointProviderFactory
{
    public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? provider)
    {
        provider = new ConfigurationServiceEndpointProvider(query, configuration, options.Value, discovery.Value);
        return true;
    }
}
