namespace Shop.AppHost.Infrastructure.Kafka;

/// <summary>A broker as a process on this machine, for use without containers: Kafka, or the mock.</summary>
internal sealed class EmbeddedBroker : ExecutableResource, IEmbeddedServer, IResourceWithConnectionString
{
    internal EmbeddedBroker(string name, string command, string workingDirectory, BrokerKind kind)
        : base(name, command, workingDirectory)
    {
        Kind = kind;
        Endpoint = new EndpointReference(this, "tcp");
        ConnectionStringExpression = ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.HostAndPort)}");
    }

    public BrokerKind Kind { get; }

    public EndpointReference Endpoint { get; }

    /// <summary>Bootstrap servers.</summary>
    public ReferenceExpression ConnectionStringExpression { get; }
}
