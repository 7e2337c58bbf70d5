using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Ordering.V1;
using Shop.Testing;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Ordering.Tests.Running;

/// <summary>Two replicas on one database, with a clock that tests move. Each test class has its own.</summary>
public sealed class RunningOrdering(Infrastructure infrastructure) : IAsyncLifetime
{
    private readonly List<Replica> _replicas = [];
    private string _connectionString = "";

    public FakeCatalog Catalog { get; } = new();

    public FakeBasket Basket { get; } = new();

    public FakeCoupons Coupons => field ??= new(Upstreams);

    public FakeUpstreams Upstreams { get; } = new();

    public ShiftedClock Clock { get; } = new();

    public TokenAuthority Tokens => field ??= new(Clock);

    public Replica First => _replicas[0];

    public Replica Second => _replicas[1];

    public async ValueTask InitializeAsync()
    {
        _connectionString = await infrastructure.Postgres.CreateDatabaseAsync("ordering");
        // At once, as it happens.
        _replicas.AddRange(await Task.WhenAll(StartReplicaAsync(), StartReplicaAsync()));
    }

    /// <summary>The caller disposes it.</summary>
    public Task<Replica> StartReplicaAsync(Action<IServiceCollection>? configure = null, bool warmsUp = false) =>
        Replica.StartAsync(_connectionString, infrastructure.Kafka.BootstrapServers, Tokens, Clock, Catalog, Basket, Coupons, Upstreams, configure, warmsUp);

    public OrderingServiceClient As(Guid member) => First.Client(Tokens.Member(member));

    public static PlaceOrderRequest Request(string key) => new()
    {
        IdempotencyKey = key,
        Lines = { new OrderLine { ProductId = "019aa5b0-0000-7000-8000-000000000001", Quantity = 2 } },
        PaymentToken = "tok_ok",
        ShippingAddress = new() { Recipient = "김하나", Line1 = "세종대로 110", City = "서울", PostalCode = "04524", Country = "KR" },
    };

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async Task<int> OrdersOfAsync(Guid member) => (await QueryAsync<int>("select count(*)::int from orders where member_id = @member", new { member })).Single();

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
    }
}
