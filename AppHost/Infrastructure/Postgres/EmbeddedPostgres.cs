namespace Shop.AppHost.Infrastructure.Postgres;

/// <summary>A PostgreSQL server as a process on this machine (eng/postgres/serve), for use without containers.</summary>
internal sealed class EmbeddedPostgres : ExecutableResource, IEmbeddedServer, IResourceWithConnectionString
{
    internal EmbeddedPostgres(string name, string program, string workingDirectory, string data, ParameterResource password)
        : base(name, program, workingDirectory)
    {
        Data = data;
        Endpoint = new EndpointReference(this, "tcp");
        ConnectionStringExpression = ReferenceExpression.Create(
            $"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)};Username=postgres;Password={password}");
    }

    /// <summary>The cluster's folder. The first line of its <c>postmaster.pid</c> is the server's process id.</summary>
    public string Data { get; }

    public EndpointReference Endpoint { get; }

    /// <summary>The superuser's. Services get the connection strings of their own databases.</summary>
    public ReferenceExpression ConnectionStringExpression { get; }
}
