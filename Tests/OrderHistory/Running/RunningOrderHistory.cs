using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.Testing;
using static Shop.OrderHistory.V1.OrderHistoryService;

namespace Shop.OrderHistory.Tests.Running;

/// <summary>The whole service, two replicas of it, called as others call it, on a database and a broker of its own for each test class.</summary>
public sealed class RunningOrderHistory(Infrastructure infrastructure) : RunningService<Program>("order-history"), IAsyncLifetime
{
    private static readonly string[] Topics = ["shop.orders.v1", "shop.payments.v1", "shop.shipments.v1"];

    public LeapingClock Clock { get; } = new();

    public HistoryDatabase Database { get; private set; } = null!;

    public OrderHistoryServiceClient AsOperator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await infrastructure.Postgres.CreateDatabaseAsync("order_history");
        Database = new(ConnectionString);
        foreach (var topic in Topics)
            await Kafka.CreateTopicAsync(topic, partitions: 12);
        await StartReplicaAsync();
        await StartReplicaAsync();
        AsOperator = Client(Tokens.Operator());
    }

    public OrderHistoryServiceClient Client(string? token) => new(Calls(token));

    protected override void Configure(IWebHostBuilder host) => host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
}
