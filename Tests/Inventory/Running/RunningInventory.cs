using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Inventory.Tests.Running;
using Shop.Testing;
using InventoryClient = Shop.Inventory.V1.InventoryService.InventoryServiceClient;

[assembly: AssemblyFixture(typeof(RunningInventory))]

namespace Shop.Inventory.Tests.Running;

/// <summary>The whole service with its own PostgreSQL, called over gRPC. Its expiry worker has a long interval: tests run the expiry themselves.</summary>
public sealed class RunningInventory() : RunningService<Program>("inventory"), IAsyncLifetime
{
    private PostgresServer _postgres = null!;

    public InventoryDatabase Database { get; private set; } = null!;

    /// <summary>As Ordering calls.</summary>
    public InventoryClient Inventory { get; private set; } = null!;

    /// <summary>The same, at another replica.</summary>
    public InventoryClient Other { get; private set; } = null!;

    public InventoryClient AsOperator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        ConnectionString = await _postgres.CreateDatabaseAsync("inventory");
        Database = new(ConnectionString);
        await StartReplicaAsync();
        await StartReplicaAsync();
        Inventory = Client(Tokens.Service("ordering", "inventory"));
        Other = Client(Tokens.Service("ordering", "inventory"), Replicas[1]);
        AsOperator = Client(Tokens.Operator());
    }

    /// <summary>One more replica on the same database. The caller disposes of it.</summary>
    public async Task<WebApplicationFactory<Program>> ReplicaAsync(params (string Key, string Value)[] settings)
    {
        var replica = Configure(settings);
        await replica.StartAsync("inventory");
        return replica;
    }

    public InventoryClient Client(string? token, WebApplicationFactory<Program>? replica = null) => new(Calls(token, replica));

    /// <summary>Runs what a worker or a consumer would run, in a scope of its own.</summary>
    public async Task<T> RunAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = First.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    protected override void Configure(IWebHostBuilder host) => host
        .UseSetting("Database:MaxPoolSize", "40")
        .UseSetting("Inventory:Seed", "true")
        .UseSetting("Reservations:ExpiryInterval", "00:05:00")
        .UseSetting("Reservations:ExpiryBatch", "7")
        // ASP.NET Core continues a caller's trace only if something is logged: CostTests follow it.
        .ConfigureLogging(logging => logging.AddConsole());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
