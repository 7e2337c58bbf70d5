using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.Testing;
using CatalogClient = Shop.Catalog.V1.CatalogService.CatalogServiceClient;

namespace Shop.Catalog.Tests.Running;

/// <summary>One process of the service, with clients for its callers.</summary>
public sealed class CatalogReplica : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _service;

    private CatalogReplica(string database, string kafka, TokenAuthority tokens, IEnumerable<(string Name, string Value)> settings)
    {
        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:catalog", database)
                .UseSetting("ConnectionStrings:kafka", kafka)
                .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
                .UseSetting("Tokens:ClientId", "catalog")
                .UseSetting("PageTokens:Key", Convert.ToBase64String(new byte[32]))
                .UseSetting("Catalog:Seed", "true")
                .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(tokens));
            foreach (var (name, value) in settings)
                host.UseSetting(name, value);
        });
        Http = _service.CreateClient();
        Catalog = Client(tokens.Service("gateway", "catalog"));
        AsOperator = Client(tokens.Operator());
    }

    public IServiceProvider Services => _service.Services;

    public HttpClient Http { get; }

    /// <summary>As the gateway calls.</summary>
    public CatalogClient Catalog { get; }

    public CatalogClient AsOperator { get; }

    public static async Task<CatalogReplica> StartAsync(string database, string kafka, TokenAuthority tokens, params (string Name, string Value)[] settings)
    {
        var replica = new CatalogReplica(database, kafka, tokens, settings);
        await replica._service.StartAsync("Catalog");
        return replica;
    }

    public CatalogClient Client(string? token) => new(_service.Calls(token));

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
