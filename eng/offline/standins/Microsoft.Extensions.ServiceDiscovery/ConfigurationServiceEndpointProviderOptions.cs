namespace Microsoft.Extensions.ServiceDiscovery;

public sealed class ConfigurationServiceEndpointProviderOptions
{
    public string SectionName { get; set; } = "Services";

    public Func<ServiceEndpoint, bool> ShouldApplyHostNameMetadata { get; set; } = _ => false;
}
