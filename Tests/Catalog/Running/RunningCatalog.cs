using Shop.Catalog.Tests.Running;
using Shop.Testing;
using CatalogClient = Shop.Catalog.V1.CatalogService.CatalogServiceClient;

[assembly: AssemblyFixture(typeof(RunningCatalog))]

namespace Shop.Catalog.Tests.Running;

/// <summary>The whole service with its own PostgreSQL and the sample products, called over gRPC.</summary>
public sealed class RunningCatalog : IAsyncLifetime
{
    private readonly MockKafka _kafka = MockKafka.Start();
    private PostgresServer _postgres = null!;
    private CatalogReplica _replica = null!;

    public TokenAuthority Tokens { get; } = new();

    public CatalogDatabase Database { get; private set; } = null!;

    public IServiceProvider Services => _replica.Services;

    public HttpClient Http => _replica.Http;

    /// <summary>As the gateway calls.</summary>
    public CatalogClient Catalog => _replica.Catalog;

    public CatalogClient AsOperator => _replica.AsOperator;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        Database = new(await _postgres.CreateDatabaseAsync("catalog"));
        _replica = await AnotherReplicaAsync();
    }

    /// <summary>Another replica on the same database, with settings of its own. The caller disposes of it.</summary>
    public Task<CatalogReplica> AnotherReplicaAsync(params (string Name, string Value)[] settings) =>
        CatalogReplica.StartAsync(Database.ConnectionString, _kafka.BootstrapServers, Tokens, settings);

    public CatalogClient Client(string? token) => _replica.Client(token);

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
