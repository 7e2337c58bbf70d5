namespace Shop.AppHost.Infrastructure.Postgres;

/// <summary>A service's own database and role, both named after it. Roles of other services cannot connect to it.</summary>
internal sealed class ServiceDatabase : Resource, IResourceWithConnectionString, IResourceWithParent<IResourceWithConnectionString>
{
    internal ServiceDatabase(string service, IResourceWithConnectionString server, EndpointReference endpoint, ParameterResource password)
        : base($"{service}-db")
    {
        Service = service;
        Parent = server;
        Password = password;
        ConnectionStringExpression = ReferenceExpression.Create(
            $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)};Username={service};Password={password};Database={service}");
    }

    public string Service { get; }

    /// <summary>The server, with the superuser's connection string.</summary>
    public IResourceWithConnectionString Parent { get; }

    public ParameterResource Password { get; }

    public ReferenceExpression ConnectionStringExpression { get; }
}
