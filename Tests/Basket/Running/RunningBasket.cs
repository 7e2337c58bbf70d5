using Dapper;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Basket.Tests.Running;
using Shop.Basket.V1;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.Testing;
using static Shop.Basket.V1.BasketService;

[assembly: AssemblyFixture(typeof(RunningBasket))]

namespace Shop.Basket.Tests.Running;

/// <summary>Two replicas of the whole service on a PostgreSQL of their own, called as others call them. Only Catalog is a fake.</summary>
public sealed class RunningBasket : IAsyncLifetime
{
    private readonly MockKafka _kafka = MockKafka.Start();
    private PostgresServer _postgres = null!;
    private WebApplicationFactory<Program> _service = null!;
    private WebApplicationFactory<Program> _replica = null!;
    private string _connectionString = "";

    public TokenAuthority Tokens { get; } = new();

    public FakeCatalog Catalog { get; } = new();

    public IServiceProvider Services => _service.Services;

    public string KafkaServers => _kafka.BootstrapServers;

    public async ValueTask InitializeAsync()
    {
        await _kafka.CreateTopicAsync(Protos.Topics.Orders, 4);
        _postgres = await PostgresServer.StartAsync();
        _connectionString = await _postgres.CreateDatabaseAsync("basket");
        _service = await StartAsync();
        _replica = await StartAsync();
    }

    public BasketServiceClient As(Guid member) => Client(Tokens.Member(member));

    /// <summary>The same member, at another replica.</summary>
    public BasketServiceClient AtOtherAs(Guid member) => Client(Tokens.Member(member), _replica);

    public BasketServiceClient Client(string? token, WebApplicationFactory<Program>? replica = null)
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

    /// <summary>Puts it in, and answers the basket's version.</summary>
    public async Task<long> PutAsync(Guid member, Guid product, int quantity) =>
        (await As(member).PutItemAsync(new() { ProductId = product.ToString(), Quantity = quantity })).Basket.Version;

    public async Task<List<(Guid ProductId, int Quantity)>> ItemsAsync(Guid member) =>
        Items((await As(member).GetBasketAsync(new())).Basket);

    public static List<(Guid ProductId, int Quantity)> Items(V1.Basket basket) => [.. basket.Items.Select(item => (Guid.Parse(item.ProductId), item.Quantity))];

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    private async Task<WebApplicationFactory<Program>> StartAsync()
    {
        var service = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:basket", _connectionString)
            .UseSetting("ConnectionStrings:kafka", _kafka.BootstrapServers)
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", "basket")
            .UseSetting("Tokens:ClientSecret", "the secret of basket")
            .UseSetting("Lifetime:Drain", "00:00:00")
            // Catalog is not there to be connected to.
            .UseSetting("WarmUp:Timeout", "00:00:02")
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens).AddSingleton<CatalogService.CatalogServiceClient>(Catalog)));
        using var http = service.CreateClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, "Basket is healthy", TimeSpan.FromMinutes(1));
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _service.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
