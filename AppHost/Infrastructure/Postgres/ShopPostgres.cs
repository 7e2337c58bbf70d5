using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.AppHost.Infrastructure.Postgres;

internal delegate IResourceBuilder<IResourceWithConnectionString> MakeDatabase(string service);

/// <summary>PostgreSQL for the shop: every service gets a database of its own from it, wherever the servers are.</summary>
public sealed class ShopPostgres
{
    private readonly MakeDatabase _make;

    internal ShopPostgres(MakeDatabase make) => _make = make;

    /// <summary>By service.</summary>
    internal Dictionary<string, IResourceBuilder<IResourceWithConnectionString>> Databases { get; } = [];

    public IResourceBuilder<IResourceWithConnectionString> DatabaseOf(string service) =>
        Databases.TryGetValue(service, out var known) ? known : Databases[service] = _make(service);
}

internal static class ShopPostgresExtensions
{
    private const string ServerName = "postgres";

    /// <summary>One server, or one for each service (<c>Shop:Postgres</c>), in containers, embedded or somewhere else (<c>Shop:Infrastructure</c>).</summary>
    public static ShopPostgres AddShopPostgres(this IDistributedApplicationBuilder builder)
    {
        builder.EmptyWhenFresh();
        var servers = new Dictionary<string, MakeDatabase>();
        var password = new Lazy<IResourceBuilder<ParameterResource>>(() => builder.AddPassword($"{ServerName}-password"));

        return builder.ChooseInfrastructure() switch
        {
            InfrastructureKind.External => new(service => builder.AddConnectionString(service)),
            InfrastructureKind.Containers => new(service => OnServer(service, name => builder.AddPostgresContainer(name, password.Value))),
            _ => new(service => OnServer(service, name => builder.AddEmbeddedPostgres(name, password.Value))),
        };

        IResourceBuilder<IResourceWithConnectionString> OnServer(string service, Func<string, MakeDatabase> add)
        {
            var name = ShopSettings.Of(builder).Postgres is PostgresLayout.PerService ? $"{ServerName}-{service}" : ServerName;
            if (!servers.TryGetValue(name, out var databases))
                servers[name] = databases = add(name);
            return databases(service);
        }
    }

    private static MakeDatabase AddPostgresContainer(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password)
    {
        var server = builder.AddPostgres(name, password: password)
            .WithDataVolume()
            .WithArgs(PostgresServerSettings.Arguments)
            .WithEnvironment("POSTGRES_INITDB_ARGS", PostgresServerSettings.InitDb);
        return service => server.AddServiceDatabase(service, server.Resource.PrimaryEndpoint);
    }

    private static MakeDatabase AddEmbeddedPostgres(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password)
    {
        var settings = ShopSettings.Of(builder);
        var tools = Path.Combine(settings.Repository, "eng", "postgres");
        // The wanted port is the shared server's; several servers cannot have it.
        var port = Ports.Claim(name, "Shop:Ports:Postgres", name == ServerName ? settings.Ports.Postgres : 0);
        var resource = new EmbeddedPostgres(name, Path.Combine(tools, "serve"), tools, DataFolder.Postgres(settings, name), password.Resource);

        var server = builder.AddResource(resource)
            .WithArgs("--data", resource.Data, "--port", $"{port}")
            .WithArgs(PostgresServerSettings.Arguments)
            .WithEnvironment("POSTGRES_PASSWORD", password)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithIconName("DatabaseMultiple");
        server.WithPostgresHealthCheck(";Database=postgres");
        return service => server.AddServiceDatabase(service, resource.Endpoint);
    }

    private static IResourceBuilder<ServiceDatabase> AddServiceDatabase<TServer>(
        this IResourceBuilder<TServer> server, string service, EndpointReference endpoint) where TServer : IResourceWithConnectionString
    {
        var builder = server.ApplicationBuilder;
        var database = new ServiceDatabase(service, server.Resource, endpoint, builder.AddPassword($"{service}-database-password").Resource);

        server.OnResourceReady(async (_, ready, cancel) =>
        {
            await ServiceDatabaseSetup.MakeAsync(database, cancel);
            await ready.Services.GetRequiredService<ResourceNotificationService>()
                .PublishUpdateAsync(database, state => state with { State = KnownResourceStates.Running });
        });

        var added = builder.AddResource(database)
            .WithInitialState(new() { ResourceType = "Database", Properties = [], State = KnownResourceStates.NotStarted })
            .WithIconName("Database");
        added.WithPostgresHealthCheck();
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
