using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.Testing;
using static Shop.OrderHistory.V1.OrderHistoryService;

namespace Shop.OrderHistory.Tests.Running;

/// <summary>The whole service, two replicas of it, called as others call it, on a database and a broker of its own for each test class.</summary>
public sealed class RunningOrderHistory(Infrastructure infrastructure) : IAsyncLifetime
{
    private static readonly string[] Topics = ["shop.orders.v1", "shop.payments.v1", "shop.shipments.v1"];
    private readonly MockKafka _kafka = MockKafka.Start();
    private readonly List<WebApplicationFactory<Program>> _replicas = [];
    private string _connectionString = "";

    public TokenAuthority Tokens { get; } = new();

    public LeapingClock Clock { get; } = new();

    public HistoryDatabase Database { get; private set; } = null!;

    public MockKafka Kafka => _kafka;

    public IServiceProvider First => _replicas[0].Services;

    public IServiceProvider Second => _replicas[1].Services;

    public OrderHistoryServiceClient AsOperator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await infrastructure.Postgres.CreateDatabaseAsync("order_history");
        Database = new(_connectionString);
        foreach (var topic in Topics)
            await _kafka.CreateTopicAsync(topic, partitions: 12);
        await StartReplicaAsync();
        await StartReplicaAsync();
        AsOperator = Client(Tokens.Operator());
    }

    public async Task<IServiceProvider> StartReplicaAsync(params (string Key, string Value)[] settings)
    {
        var replica = Configure(settings);
        _replicas.Add(replica);
        using var http = replica.CreateClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, "OrderHistory is healthy", TimeSpan.FromMinutes(1));
        return replica.Services;
    }

    /// <summary>Not started yet. The caller disposes of it.</summary>
    public WebApplicationFactory<Program> Configure(params (string Key, string Value)[] settings) => new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
    {
        host.UseSetting("ConnectionStrings:order-history", _connectionString)
            .UseSetting("ConnectionStrings:kafka", _kafka.BootstrapServers)
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", "order-history")
            .UseSetting("PageTokens:Key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .UseSetting("Lifetime:Drain", "00:00:00")
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens).AddSingleton<TimeProvider>(Clock));
        foreach (var (key, value) in settings)
            host.UseSetting(key, value);
    });

    public OrderHistoryServiceClient Client(string? token)
    {
        var server = _replicas[0].Server;
        var channel = GrpcChannel.ForAddress(server.BaseAddress, new() { HttpHandler = server.CreateHandler() });
        return new(channel.Intercept(headers =>
        {
            if (token is not null)
                headers.Add("authorization", $"Bearer {token}");
            return headers;
        }));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        await _kafka.DisposeAsync();
    }
}
