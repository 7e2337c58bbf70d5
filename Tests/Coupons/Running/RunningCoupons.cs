using Dapper;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Coupons.Issued;
using Shop.Coupons.Tests.Running;
using Shop.Coupons.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.Testing;
using static Shop.Coupons.V1.CouponsService;
using Coupon = Shop.Coupons.Issued.Coupon;

[assembly: AssemblyFixture(typeof(RunningCoupons))]

namespace Shop.Coupons.Tests.Running;

/// <summary>Two replicas of the whole service on a PostgreSQL of their own, called as others call them.</summary>
public sealed class RunningCoupons : IAsyncLifetime
{
    private readonly MockKafka _kafka = MockKafka.Start();
    private PostgresServer _postgres = null!;
    private WebApplicationFactory<Program> _service = null!;
    private WebApplicationFactory<Program> _replica = null!;
    private string _connectionString = "";

    public TokenAuthority Tokens { get; } = new();

    /// <summary>Registered before the service ran for the first time.</summary>
    public Guid OldMember { get; } = Guid.CreateVersion7();

    internal MemberEvents Members { get; private set; } = null!;

    /// <summary>As Ordering calls.</summary>
    public CouponsServiceClient Coupons { get; private set; } = null!;

    /// <summary>The same, at another replica.</summary>
    public CouponsServiceClient Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Members = new(_kafka);
        await _kafka.CreateTopicAsync(Protos.Topics.Members, 4);
        await Members.RegisteredAsync(OldMember);

        _postgres = await PostgresServer.StartAsync();
        _connectionString = await _postgres.CreateDatabaseAsync("coupons");
        _service = await StartAsync();
        _replica = await StartAsync();
        (Coupons, Other) = (Client(Tokens.Service("ordering", "coupons")), Client(Tokens.Service("ordering", "coupons"), _replica));
    }

    public CouponsServiceClient As(Guid member) => Client(Tokens.Member(member));

    public CouponsServiceClient Client(string? token, WebApplicationFactory<Program>? replica = null)
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

    /// <summary>One more with other settings, which the caller disposes; never healthy if they are wrong.</summary>
    public WebApplicationFactory<Program> With(string key, string value) => Factory().WithWebHostBuilder(host => host.UseSetting(key, value));

    /// <summary>A coupon that is issued to nobody in particular: fixed, unless it is said otherwise.</summary>
    public async Task<(Guid Member, Guid Coupon)> CouponAsync(long? amount = 5_000, int? percent = null, long? minimum = null, long? maximum = null, string currency = "KRW")
    {
        var member = Guid.CreateVersion7();
        await using var scope = _service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CouponsDb>();
        var terms = new CouponTerms { Amount = percent is null ? amount : null, Percent = percent, Minimum = minimum, MaximumDiscount = maximum, Currency = currency };
        var coupon = Coupon.Issue(member, "test", ("시험", "Test"), terms, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        db.Coupons.Add(coupon);
        await db.SaveChangesAsync();
        return (member, coupon.Id);
    }

    public async Task<string> StatusAsync(Guid member, Guid coupon) =>
        (await As(member).ListCouponsAsync(new())).Coupons.Single(listed => listed.CouponId == coupon.ToString()).Status;

    /// <summary>Its time is over.</summary>
    public Task ExpireAsync(Guid coupon) => QueryAsync<int>("update coupons set expires_at = now() - interval '1 second' where id = @coupon returning 1", new { coupon });

    /// <summary>Types of a coupon's events in the order of their publication: <c>CouponIssued</c>…</summary>
    public Task<List<string>> EventsOfAsync(Guid coupon) => QueryAsync<string>(
        "select split_part(type, '.', -1) from messaging.outbox where key = @key order by position", new { key = coupon.ToString() });

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public static ReserveRequest Reserve(Guid order, Guid member, Guid coupon, long subtotal = 30_000, long discount = 5_000) => new()
    {
        OrderId = order.ToString(), CouponId = coupon.ToString(), MemberId = member.ToString(),
        Subtotal = new() { Amount = subtotal, Currency = "KRW" }, Discount = new() { Amount = discount, Currency = "KRW" },
    };

    private WebApplicationFactory<Program> Factory() => new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
        .UseSetting("ConnectionStrings:coupons", _connectionString)
        .UseSetting("ConnectionStrings:kafka", _kafka.BootstrapServers)
        .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
        .UseSetting("Tokens:ClientId", "coupons")
        .UseSetting("PageTokens:Key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        .UseSetting("Database:MaxPoolSize", "40")
        .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens)));

    private async Task<WebApplicationFactory<Program>> StartAsync()
    {
        var service = Factory();
        using var http = service.CreateClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, "Coupons is healthy", TimeSpan.FromMinutes(1));
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        Members.Dispose();
        await _replica.DisposeAsync();
        await _service.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
