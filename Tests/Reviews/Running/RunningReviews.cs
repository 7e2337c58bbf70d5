using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.Catalog.V1;
using Shop.Reviews.Tests.Running;
using Shop.Reviews.V1;
using Shop.Testing;
using static Shop.Reviews.V1.ReviewsService;

[assembly: AssemblyFixture(typeof(RunningReviews))]

namespace Shop.Reviews.Tests.Running;

/// <summary>Two replicas of the whole service on a PostgreSQL of their own, called as others call them. Only Catalog is a fake.</summary>
public sealed class RunningReviews() : RunningService<Program>("reviews"), IAsyncLifetime
{
    private PostgresServer _postgres = null!;

    public FakeCatalog Catalog { get; } = new();

    internal ReviewEvents Events { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Kafka.CreateTopicAsync(Protos.Topics.Orders, 4);
        await Kafka.CreateTopicAsync(Protos.Topics.Members, 4);
        Events = new(Kafka.BootstrapServers);
        _postgres = await PostgresServer.StartAsync();
        ConnectionString = await _postgres.CreateDatabaseAsync("reviews");
        await StartReplicaAsync();
        await StartReplicaAsync();
    }

    public ReviewsServiceClient As(Guid member) => Client(Tokens.Member(member));

    /// <summary>The same member, at another replica.</summary>
    public ReviewsServiceClient AtOtherAs(Guid member) => Client(Tokens.Member(member), Replicas[1]);

    public ReviewsServiceClient Client(string? token, WebApplicationFactory<Program>? replica = null) => new(Calls(token, replica));

    /// <summary>A member to whom these products were delivered.</summary>
    public async Task<Guid> ReceiverAsync(params Guid[] products)
    {
        var member = Guid.CreateVersion7();
        await Events.DeliveredAsync(member, products);
        await Eventually.TrueAsync(
            async () => (await QueryAsync<int>("select count(*)::int from received_products where member_id = @member", new { member })).Single() == products.Distinct().Count(),
            "the delivery is known", TimeSpan.FromSeconds(30));
        return member;
    }

    public async Task<string> WriteAsync(Guid member, Guid product, int stars = 5, string text = "조용하다.") =>
        (await As(member).WriteReviewAsync(new() { ProductId = product.ToString(), Stars = stars, Text = text })).ReviewId;

    public async Task<ListReviewsResponse> ListAsync(Guid product, ReviewSort sort = ReviewSort.Unspecified, int size = 0, string token = "") =>
        await Client(Tokens.Service("gateway", "reviews")).ListReviewsAsync(new() { ProductId = product.ToString(), Sort = sort, PageSize = size, PageToken = token });

    protected override void Configure(IWebHostBuilder host) => host
        .UseSetting("Tokens:ClientSecret", "the secret of reviews")
        // Catalog is not there to be connected to.
        .UseSetting("WarmUp:Timeout", "00:00:02")
        .ConfigureTestServices(services => services.AddSingleton<CatalogService.CatalogServiceClient>(Catalog));

    public override async ValueTask DisposeAsync()
    {
        Events?.Dispose();
        await base.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
