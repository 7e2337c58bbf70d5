using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shop.Coupons.Issued;
using Shop.Coupons.Tests.Running;
using Shop.Coupons.V1;
using Shop.Testing;
using static Shop.Coupons.V1.CouponsService;
using Coupon = Shop.Coupons.Issued.Coupon;

[assembly: AssemblyFixture(typeof(RunningCoupons))]

namespace Shop.Coupons.Tests.Running;

/// <summary>Two replicas of the whole service on a PostgreSQL of their own, called as others call them.</summary>
public sealed class RunningCoupons() : RunningService<Program>("coupons"), IAsyncLifetime
{
    private PostgresServer _postgres = null!;

    /// <summary>Registered before the service ran for the first time.</summary>
    public Guid OldMember { get; } = Guid.CreateVersion7();

    internal MemberEvents Members { get; private set; } = null!;

    /// <summary>As Ordering calls.</summary>
    public CouponsServiceClient Coupons { get; private set; } = null!;

    /// <summary>The same, at another replica.</summary>
    public CouponsServiceClient Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Members = new(Kafka);
        await Kafka.CreateTopicAsync(Protos.Topics.Members, 4);
        await Members.RegisteredAsync(OldMember);

        _postgres = await PostgresServer.StartAsync();
        ConnectionString = await _postgres.CreateDatabaseAsync("coupons");
        await StartReplicaAsync();
        await StartReplicaAsync();
        (Coupons, Other) = (Client(Tokens.Service("ordering", "coupons")), Client(Tokens.Service("ordering", "coupons"), Replicas[1]));
    }

    public CouponsServiceClient As(Guid member) => Client(Tokens.Member(member));

    public CouponsServiceClient Client(string? token, WebApplicationFactory<Program>? replica = null) => new(Calls(token, replica));

    /// <summary>A coupon that is issued to nobody in particular: fixed, unless it is said otherwise.</summary>
    public async Task<(Guid Member, Guid Coupon)> CouponAsync(long? amount = 5_000, int? percent = null, long? minimum = null, long? maximum = null, string currency = "KRW")
    {
        var member = Guid.CreateVersion7();
        await using var scope = First.CreateAsyncScope();
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

    public static ReserveRequest Reserve(Guid order, Guid member, Guid coupon, long subtotal = 30_000, long discount = 5_000) => new()
    {
        OrderId = order.ToString(), CouponId = coupon.ToString(), MemberId = member.ToString(),
        Subtotal = new() { Amount = subtotal, Currency = "KRW" }, Discount = new() { Amount = discount, Currency = "KRW" },
    };

    protected override void Configure(IWebHostBuilder host) => host.UseSetting("Database:MaxPoolSize", "40");

    public override async ValueTask DisposeAsync()
    {
        Members.Dispose();
        await base.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
