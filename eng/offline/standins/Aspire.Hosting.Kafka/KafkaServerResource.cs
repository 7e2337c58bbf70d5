using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A Kafka broker in a container: described here, run only by the real packages.</summary>
public class KafkaServerResource : ContainerResource, IResourceWithConnectionString
{
    public KafkaServerResource(string name) : base(name)
    {
        PrimaryEndpoint = new EndpointReference(this, "tcp");
        InternalEndpoint = new EndpointReference(this, "internal");
    }

    public EndpointReference PrimaryEndpoint { get; }

    public EndpointReference InternalEndpoint { get; }

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
    ];
}

public sealed class KafkaUIContainerResource(string name) : ContainerResource(name);
