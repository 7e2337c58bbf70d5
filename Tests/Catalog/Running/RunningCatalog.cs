using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.Catalog.Tests.Running;
using Shop.ServiceDefaults;
using Shop.Testing;
using CatalogClient = Shop.Catalog.V1.CatalogService.CatalogServiceClient;

[assembly: AssemblyFixture(typeof(RunningCatalog))]

namespace Shop.Catalog.Tests.Running;

/// <summary>The whole service, called as others call it, on a PostgreSQL of its own, with the sample products.</summary>
public sealed class RunningCatalog : IAsyncLifetime
{
    private readonly MockKafka _kafka = MockKafka.Start();
    private PostgresServer _postgres = null!;
    private WebApplicationFactory<Program> _service = null!;

    public Tokens Tokens { get; } = new();

    public CatalogDatabase Database { get; private set; } = null!;

    public IServiceProvider Services => _service.Services;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>As the gateway calls.</summary>
    public CatalogClient Catalog { get; private set; } = null!;

    public CatalogClient AsOperator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        var connectionString = await _postgres.CreateDatabaseAsync("catalog");
        Database = new(connectionString);
        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:catalog", connectionString)
            .UseSetting("ConnectionStrings:kafka", _kafka.BootstrapServers)
            .UseSetting("Tokens:Issuer", Tokens.Issuer)
            .UseSetting("Tokens:ClientId", "catalog")
            .UseSetting("PageTokens:Key", Convert.ToBase64String(new byte[32]))
            .UseSetting("Catalog:Seed", "true")
            .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens)));
        Http = _service.CreateClient();
        Catalog = Client(Tokens.Service("gateway"));
        AsOperator = Client(Tokens.Operator());
        await Eventually.TrueAsync(async () => (await Http.GetAsync("/health")).IsSuccessStatusCode, "Catalog is healthy", TimeSpan.FromMinutes(1));
    }

    public CatalogClient Client(string? token)
    {
        var channel = GrpcChannel.ForAddress(_service.Server.BaseAddress, new() { HttpHandler = _service.Server.CreateHandler() });
        return new(channel.Intercept(headers =>
        {
            if (token is not null)
                headers.Add("authorization", $"Bearer {token}");
            return headers;
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
