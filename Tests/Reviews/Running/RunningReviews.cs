using Dapper;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Catalog.V1;
using Shop.Reviews.Tests.Running;
using Shop.Reviews.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.Testing;
using static Shop.Reviews.V1.ReviewsService;

[assembly: AssemblyFixture(typeof(RunningReviews))]

namespace Shop.Reviews.Tests.Running;

/// <summary>Two replicas of the whole service on a PostgreSQL of their own, called as others call them. Only Catalog is a fake.</summary>
public sealed class RunningReviews : IAsyncLifetime
{
    private readonly MockKafka _kafka = MockKafka.Start();
    private PostgresServer _postgres = null!;
    private WebApplicationFactory<Program> _service = null!;
    private WebApplicationFactory<Program> _replica = null!;
    private string _connectionString = "";

    public TokenAuthority Tokens { get; } = new();

    public FakeCatalog Catalog { get; } = new();

    internal ReviewEvents Events { get; private set; } = null!;

    public IServiceProvider Services => _service.Services;

    public async ValueTask InitializeAsync()
    {
        await _kafka.CreateTopicAsync(Protos.Topics.Orders, 4);
        await _kafka.CreateTopicAsync(Protos.Topics.Members, 4);
        Events = new(_kafka.BootstrapServers);
        _postgres = await PostgresServer.StartAsync();
        _connectionString = await _postgres.CreateDatabaseAsync("reviews");
        _service = await StartAsync();
        _replica = await StartAsync();
    }

    public ReviewsServiceClient As(Guid member) => Client(Tokens.Member(member));

    /// <summary>The same member, at another replica.</summary>
    public ReviewsServiceClient AtOtherAs(Guid member) => Client(Tokens.Member(member), _replica);

    public ReviewsServiceClient Client(string? token, WebApplicationFactory<Program>? replica = null)
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

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    private async Task<WebApplicationFactory<Program>> StartAsync()
    {
        var service = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:reviews", _connectionString)
            .UseSetting("ConnectionStrings:kafka", _kafka.BootstrapServers)
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", "reviews")
            .UseSetting("Tokens:ClientSecret", "the secret of reviews")
            .UseSetting("PageTokens:Key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .UseSetting("Lifetime:Drain", "00:00:00")
            // Catalog is not there to be connected to.
            .UseSetting("WarmUp:Timeout", "00:00:02")
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens).AddSingleton<CatalogService.CatalogServiceClient>(Catalog)));
        using var http = service.CreateClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, "Reviews is healthy", TimeSpan.FromMinutes(1));
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        Events?.Dispose();
        await _replica.DisposeAsync();
        await _service.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
