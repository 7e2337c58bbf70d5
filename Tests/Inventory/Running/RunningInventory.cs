using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.Inventory.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.Testing;
using InventoryClient = Shop.Inventory.V1.InventoryService.InventoryServiceClient;

[assembly: AssemblyFixture(typeof(RunningInventory))]

namespace Shop.Inventory.Tests.Running;

/// <summary>The whole service with its own PostgreSQL, called over gRPC. Its expiry worker has a long interval: tests run the expiry themselves.</summary>
public sealed class RunningInventory : IAsyncLifetime
{
    private readonly MockKafka _kafka = MockKafka.Start();
    private PostgresServer _postgres = null!;
    private WebApplicationFactory<Program> _service = null!;
    private WebApplicationFactory<Program> _replica = null!;

    public TokenAuthority Tokens { get; } = new();

    public InventoryDatabase Database { get; private set; } = null!;

    public IServiceProvider Services => _service.Services;

    /// <summary>As Ordering calls.</summary>
    public InventoryClient Inventory { get; private set; } = null!;

    /// <summary>The same, at another replica.</summary>
    public InventoryClient Other { get; private set; } = null!;

    public InventoryClient AsOperator { get; private set; } = null!;

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        var connectionString = await _postgres.CreateDatabaseAsync("inventory");
        (ConnectionString, Database) = (connectionString, new(connectionString));
        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:inventory", connectionString)
            .UseSetting("ConnectionStrings:kafka", _kafka.BootstrapServers)
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", "inventory")
            .UseSetting("Database:MaxPoolSize", "40")
            .UseSetting("Inventory:Seed", "true")
            .UseSetting("Reservations:ExpiryInterval", "00:05:00")
            .UseSetting("Reservations:ExpiryBatch", "7")
            .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens)));
        Inventory = Client(Tokens.Service("ordering", "inventory"));
        AsOperator = Client(Tokens.Operator());
        await HealthyAsync(_service);
        _replica = await ReplicaAsync();
        Other = Client(Tokens.Service("ordering", "inventory"), _replica);
    }

    /// <summary>One more replica on the same database. The caller disposes of it.</summary>
    public async Task<WebApplicationFactory<Program>> ReplicaAsync(params (string Key, string Value)[] settings)
    {
        var replica = _service.WithWebHostBuilder(host =>
        {
            foreach (var (key, value) in settings)
                host.UseSetting(key, value);
        });
        await HealthyAsync(replica);
        return replica;
    }

    public InventoryClient Client(string? token, WebApplicationFactory<Program>? replica = null)
    {
        var server = (replica ?? _service).Server;
        var channel = GrpcChannel.ForAddress(server.BaseAddress, new() { HttpHandler = server.CreateHandler() });
        return new(channel.Intercept(headers =>
        {
            if (token is not null)
                headers.Add("authorization", $"Bearer {token}");
            return headers;
        }));
    }

    /// <summary>Runs what a worker or a consumer would run, in a scope of its own.</summary>
    public async Task<T> RunAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static async Task HealthyAsync(WebApplicationFactory<Program> service)
    {
        using var http = service.CreateClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, "Inventory is healthy", TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _service.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
