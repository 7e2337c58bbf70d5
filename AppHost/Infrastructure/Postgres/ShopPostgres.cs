using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.AppHost.Infrastructure.Postgres;

internal delegate IResourceBuilder<IResourceWithConnectionString> AddDatabase(string service);

/// <summary>PostgreSQL for the shop: every service gets its own database, wherever the servers are.</summary>
internal sealed class ShopPostgres
{
    private readonly AddDatabase _add;

    internal ShopPostgres(AddDatabase add) => _add = add;

    /// <summary>By service.</summary>
    internal Dictionary<string, IResourceBuilder<IResourceWithConnectionString>> Databases { get; } = [];

    public IResourceBuilder<IResourceWithConnectionString> DatabaseOf(string service) =>
        Databases.TryGetValue(service, out var known) ? known : Databases[service] = _add(service);
}

internal static class ShopPostgresExtensions
{
    private const string ServerName = "postgres";

    /// <summary>One server, or one for each service (<c>Shop:Postgres</c>), in containers, embedded or external (<c>Shop:Infrastructure</c>).</summary>
    public static ShopPostgres AddShopPostgres(this IDistributedApplicationBuilder builder)
    {
        builder.EmptyWhenFresh();
        var servers = new Dictionary<string, AddDatabase>();
        var password = new Lazy<IResourceBuilder<ParameterResource>>(() => builder.AddPassword($"{ServerName}-password", "Password of PostgreSQL's superuser. Only the database setup uses it."));

        return builder.ChooseInfrastructure() switch
        {
            InfrastructureKind.External => new(service => builder.AddConnectionString(service)),
            InfrastructureKind.Containers => new(service => OnServer(service, name => builder.AddPostgresContainer(name, password.Value))),
            _ => new(service => OnServer(service, name => builder.AddEmbeddedPostgres(name, password.Value))),
        };

        IResourceBuilder<IResourceWithConnectionString> OnServer(string service, Func<string, AddDatabase> add)
        {
            var name = ShopSettings.Of(builder).Postgres is PostgresLayout.PerService ? $"{ServerName}-{service}" : ServerName;
            if (!servers.TryGetValue(name, out var databases))
                servers[name] = databases = add(name);
            return databases(service);
        }
    }

    private static AddDatabase AddPostgresContainer(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password)
    {
        var server = builder.AddPostgres(name, password: password)
            .WithDataVolume()
            .WithArgs(PostgresServerSettings.Arguments)
            .WithEnvironment("POSTGRES_INITDB_ARGS", PostgresServerSettings.InitDb)
            .WithPgAdmin(admin => admin.WithExplicitStart());
        builder.AddDatabaseSetup().On(server);
        return service => server.AddServiceDatabase(service, server.Resource.PrimaryEndpoint);
    }

    private static AddDatabase AddEmbeddedPostgres(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password)
    {
        var settings = ShopSettings.Of(builder);
        var tools = Path.Combine(settings.Repository, "eng", "postgres");
        // The configured port is the shared server's; separate servers get free ones.
        var port = builder.ClaimPort(name, "Shop:Ports:Postgres", name == ServerName ? settings.Ports.Postgres : 0);
        var resource = new EmbeddedPostgres(name, Path.Combine(tools, "serve"), tools, DataFolder.Postgres(settings, name), password.Resource);

        var server = builder.AddResource(resource)
            .WithArgs("--data", resource.Data, "--port", $"{port}")
            .WithArgs(PostgresServerSettings.Arguments)
            .WithEnvironment("POSTGRES_PASSWORD", password)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithIconName("DatabaseMultiple");
        server.WithPostgresHealthCheck(";Database=postgres");
        builder.AddDatabaseSetup().On(server);
        return service => server.AddServiceDatabase(service, resource.Endpoint);
    }

    private static IResourceBuilder<ServiceDatabase> AddServiceDatabase<TServer>(
        this IResourceBuilder<TServer> server, string service, EndpointReference endpoint) where TServer : IResourceWithConnectionString
    {
        var builder = server.ApplicationBuilder;
        var password = builder.AddPassword($"{service}-database-password", $"Password of the PostgreSQL role `{service}`.");
        var added = builder.AddResource(new ServiceDatabase(service, server.Resource, endpoint, password.Resource))
            .WithInitialState(new() { ResourceType = "Database", Properties = [], State = KnownResourceStates.NotStarted })
            .WithIconName("Database");
        added.WithPostgresHealthCheck();
        builder.AddDatabaseSetup().SetsUp(added.Resource);
        return added;
    }

    private static void WithPostgresHealthCheck<T>(this IResourceBuilder<T> resource, string suffix = "") where T : IResourceWithConnectionString
    {
        var key = $"{resource.Resource.Name}_check";
        resource.ApplicationBuilder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(key, new PostgresHealthCheck(resource.Resource, suffix), failureStatus: null, tags: null));
        resource.WithHealthCheck(key);
    }
}
