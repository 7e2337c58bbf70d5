using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Basket.V1;
using Shop.Catalog.V1;
using Shop.Coupons.V1;
using Shop.Inventory.V1;
using Shop.Messaging.V1;
using Shop.Payments.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.Shipping.V1;
using Shop.Testing;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Ordering.Tests.Running;

/// <summary>One process' worth of the service, called over the wire as others call it.</summary>
public sealed class Replica : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _service;

    private Replica(WebApplicationFactory<Program> service) => _service = service;

    public IServiceProvider Services => _service.Services;

    public static async Task<Replica> StartAsync(
        string connectionString, string kafka, TokenAuthority tokens, TimeProvider clock, FakeCatalog catalog, FakeBasket basket, FakeCoupons coupons, FakeUpstreams upstreams, Action<IServiceCollection>? configure = null,
        bool warmsUp = false)
    {
        var service = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Production")
            .UseSetting("ConnectionStrings:ordering", connectionString)
            .UseSetting("ConnectionStrings:kafka", kafka)
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", "ordering")
            .UseSetting("Tokens:ClientSecret", "the secret of ordering")
            .UseSetting("PageTokens:Key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .UseSetting("Lifetime:Drain", "00:00:00")
            // Nobody is there to be connected to.
            .UseSetting("WarmUp:Enabled", warmsUp.ToString())
            .UseSetting("WarmUp:Timeout", "00:00:02")
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureTestServices(services =>
            {
                services.AddSingleton<ITokenKeys>(tokens).AddSingleton(clock)
                    .AddSingleton<CatalogService.CatalogServiceClient>(catalog)
                    .AddSingleton<BasketService.BasketServiceClient>(basket)
                    .AddSingleton<CouponsService.CouponsServiceClient>(coupons)
                    .AddSingleton(new InventoryService.InventoryServiceClient(upstreams))
                    .AddSingleton(new PaymentsService.PaymentsServiceClient(upstreams))
                    .AddSingleton(new ShippingService.ShippingServiceClient(upstreams));
                configure?.Invoke(services);
            }));
        await service.StartAsync("Ordering");
        return new(service);
    }

    public OrderingServiceClient Client(string? token) => new(Calls(token));

    public OperationsService.OperationsServiceClient Operations(string token) => new(Calls(token));

    private CallInvoker Calls(string? token) => _service.Calls(token);

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
