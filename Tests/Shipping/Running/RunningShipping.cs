using Microsoft.AspNetCore.Hosting;
using Shop.Testing;
using static Shop.Shipping.V1.ShippingService;

namespace Shop.Shipping.Tests.Running;

/// <summary>
/// The whole service, two replicas of it, called as others call it, on a database of its own for each test class. The courier's own worker rests (its pace is manual): tests
/// do its work when they want it.
/// </summary>
public sealed class RunningShipping(Infrastructure infrastructure) : RunningService<Program>("shipping"), IAsyncLifetime
{
    public ShippingDatabase Database { get; private set; } = null!;

    public ShippingServiceClient AsOperator { get; private set; } = null!;

    /// <summary>As Ordering calls.</summary>
    public ShippingServiceClient AsOrdering { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await infrastructure.Postgres.CreateDatabaseAsync("shipping");
        Database = new(ConnectionString);
        await StartReplicaAsync();
        await StartReplicaAsync();
        AsOperator = Client(Tokens.Operator());
        AsOrdering = Client(Tokens.Service("ordering", "shipping"));
    }

    protected override void Configure(IWebHostBuilder host) => host
        .UseSetting("Courier:Pace", "Manual")
        .UseSetting("Courier:Batch", "7");

    public ShippingServiceClient Client(string? token) => new(Calls(token));
}
