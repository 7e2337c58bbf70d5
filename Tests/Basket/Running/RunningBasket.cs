using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.Basket.Tests.Running;
using Shop.Basket.V1;
using Shop.Catalog.V1;
using Shop.Testing;
using static Shop.Basket.V1.BasketService;

[assembly: AssemblyFixture(typeof(RunningBasket))]

namespace Shop.Basket.Tests.Running;

/// <summary>Two replicas of the whole service on a PostgreSQL of their own, called as others call them. Only Catalog is a fake.</summary>
public sealed class RunningBasket() : RunningService<Program>("basket"), IAsyncLifetime
{
    private PostgresServer _postgres = null!;

    public FakeCatalog Catalog { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Kafka.CreateTopicAsync(Protos.Topics.Orders, 4);
        _postgres = await PostgresServer.StartAsync();
        ConnectionString = await _postgres.CreateDatabaseAsync("basket");
        await StartReplicaAsync();
        await StartReplicaAsync();
    }

    public BasketServiceClient As(Guid member) => Client(Tokens.Member(member));

    /// <summary>The same member, at another replica.</summary>
    public BasketServiceClient AtOtherAs(Guid member) => Client(Tokens.Member(member), Replicas[1]);

    public BasketServiceClient Client(string? token, WebApplicationFactory<Program>? replica = null) => new(Calls(token, replica));

    /// <summary>Puts it in, and answers the basket's version.</summary>
    public async Task<long> PutAsync(Guid member, Guid product, int quantity) =>
        (await As(member).PutItemAsync(new() { ProductId = product.ToString(), Quantity = quantity })).Basket.Version;

    public async Task<List<(Guid ProductId, int Quantity)>> ItemsAsync(Guid member) =>
        Items((await As(member).GetBasketAsync(new())).Basket);

    public static List<(Guid ProductId, int Quantity)> Items(V1.Basket basket) => [.. basket.Items.Select(item => (Guid.Parse(item.ProductId), item.Quantity))];

    protected override void Configure(IWebHostBuilder host) => host
        .UseSetting("Tokens:ClientSecret", "the secret of basket")
        // Catalog is not there to be connected to.
        .UseSetting("WarmUp:Timeout", "00:00:02")
        .ConfigureTestServices(services => services.AddSingleton<CatalogService.CatalogServiceClient>(Catalog));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
