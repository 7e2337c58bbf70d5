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
using static Shop.Shipping.V1.ShippingService;

namespace Shop.Shipping.Tests.Running;

/// <summary>
/// The whole service, two replicas of it, called as others call it, on a database of its own for each test class. The courier's own worker rests (its pace is manual): tests
/// do its work when they want it.
/// </summary>
public sealed class RunningShipping(Infrastructure infrastructure) : IAsyncLifetime
{
    private readonly MockKafka _kafka = MockKafka.Start();
    private readonly List<WebApplicationFactory<Program>> _replicas = [];
    private string _connectionString = "";

    public TokenAuthority Tokens { get; } = new();

    public ShippingDatabase Database { get; private set; } = null!;

    public string KafkaServers => _kafka.BootstrapServers;

    public IServiceProvider First => _replicas[0].Services;

    public IServiceProvider Second => _replicas[1].Services;

    public ShippingServiceClient AsOperator { get; private set; } = null!;

    /// <summary>As Ordering calls.</summary>
    public ShippingServiceClient AsOrdering { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await infrastructure.Postgres.CreateDatabaseAsync("shipping");
        Database = new(_connectionString);
        await StartReplicaAsync();
        await StartReplicaAsync();
        AsOperator = Client(Tokens.Operator());
        AsOrdering = Client(Tokens.Service("ordering", "shipping"));
    }

    public async Task<IServiceProvider> StartReplicaAsync(params (string Key, string Value)[] settings)
    {
        var replica = Configure(settings);
        _replicas.Add(replica);
        using var http = replica.CreateClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, "Shipping is healthy", TimeSpan.FromMinutes(1));
        return replica.Services;
    }

    /// <summary>Not started yet. The caller disposes of it.</summary>
    public WebApplicationFactory<Program> Configure(params (string Key, string Value)[] settings) => new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
    {
        host.UseSetting("ConnectionStrings:shipping", _connectionString)
            .UseSetting("ConnectionStrings:kafka", _kafka.BootstrapServers)
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", "shipping")
            .UseSetting("PageTokens:Key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .UseSetting("Lifetime:Drain", "00:00:00")
            .UseSetting("Courier:Pace", "Manual")
            .UseSetting("Courier:Batch", "7")
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens));
        foreach (var (key, value) in settings)
            host.UseSetting(key, value);
    });

    public ShippingServiceClient Client(string? token)
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
