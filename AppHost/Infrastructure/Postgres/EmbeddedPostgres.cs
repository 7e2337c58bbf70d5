namespace Shop.AppHost.Infrastructure.Postgres;

/// <summary>A PostgreSQL server that runs as a process of this machine (eng/postgres/serve), for where there are no containers.</summary>
public sealed class EmbeddedPostgres : ExecutableResource, IEmbeddedServer, IResourceWithConnectionString
{
    internal EmbeddedPostgres(string name, string program, string workingDirectory, string data, ParameterResource password)
        : base(name, program, workingDirectory)
    {
        Data = data;
        Endpoint = new EndpointReference(this, "tcp");
        ConnectionStringExpression = ReferenceExpression.Create(
            $"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)};Username=postgres;Password={password}");
    }

    /// <summary>The cluster's folder. Its first line of <c>postmaster.pid</c> is the server's own process.</summary>
    public string Data { get; }

    public EndpointReference Endpoint { get; }

    /// <summary>The superuser's; services get those of their own databases.</summary>
    public ReferenceExpression ConnectionStringExpression { get; }
}
