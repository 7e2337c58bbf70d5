using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.Gateway.Tests.Fakes;

/// <summary>All services in one process: the contracts are real, and so is the wire.</summary>
public sealed class FakeServices : IAsyncDisposable
{
    public static readonly string[] Names = ["basket", "catalog", "coupons", "inventory", "members", "notifications", "order-history", "ordering", "payments", "reviews", "shipping"];

    private readonly Dictionary<string, Uri> _grpc = [];
    private WebApplication? _app;

    public TokenMaker Tokens { get; } = new();

    public FakeBasket Basket { get; } = new();

    public FakeCatalog Catalog { get; } = new();

    public FakeCoupons Coupons { get; } = new();

    public FakeInventory Inventory { get; } = new();

    public FakeMembers Members { get; }

    public FakeNotifications Notifications { get; } = new();

    public FakeOrderHistory OrderHistory { get; } = new();

    public FakeOrdering Ordering { get; } = new();

    public FakePayments Payments { get; } = new();

    public FakeReviews Reviews { get; } = new();

    public FakeShipping Shipping { get; } = new();

    public FakeOperations Operations { get; }

    public string HttpAddress { get; private set; } = "";

    /// <summary>The path of the last request that was not gRPC.</summary>
    public string LastPath { get; private set; } = "";

    public FakeServices()
    {
        Members = new(Tokens);
        Operations = new(host => _grpc.Single(address => address.Value.Authority == host).Key);
    }

    public string GrpcAddressOf(string service) => _grpc[service].ToString();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var _ in Names)
                kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Basket).AddSingleton(Catalog).AddSingleton(Coupons).AddSingleton(Inventory).AddSingleton(Members).AddSingleton(Notifications).AddSingleton(OrderHistory).AddSingleton(Ordering).AddSingleton(Payments).AddSingleton(Reviews).AddSingleton(Shipping).AddSingleton(Operations);

        _app = builder.Build();
        _app.Use((http, next) =>
        {
            if (http.Request.Protocol == HttpProtocol.Http11)
                LastPath = http.Request.Path;
            return next();
        });
        _app.MapGrpcService<FakeBasket>();
        _app.MapGrpcService<FakeCatalog>();
        _app.MapGrpcService<FakeCoupons>();
        _app.MapGrpcService<FakeInventory>();
        _app.MapGrpcService<FakeMembers>();
        _app.MapGrpcService<FakeNotifications>();
        _app.MapGrpcService<FakeOrderHistory>();
        _app.MapGrpcService<FakeOrdering>();
        _app.MapGrpcService<FakePayments>();
        _app.MapGrpcService<FakeReviews>();
        _app.MapGrpcService<FakeShipping>();
        _app.MapGrpcService<FakeOperations>();
        _app.MapGet("/.well-known/jwks.json", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=300";
            return Results.Text(Tokens.Jwks(), "application/json");
        });
        _app.MapGet("/images/products/{file}", Picture);
        _app.MapGet("/secret", () => "for nobody outside");
        _app.MapGet("/health", () => "Healthy");
        await _app.StartAsync();

        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        foreach (var (i, name) in Names.Index())
            _grpc[name] = new(addresses[i]);
        HttpAddress = addresses[^1];
    }

    /// <summary>Every test begins with services that do their work.</summary>
    public void Reset()
    {
        Basket.Calls.Reset();
        Catalog.Calls.Reset();
        Coupons.Calls.Reset();
        Inventory.Calls.Reset();
        Members.Calls.Reset();
        Notifications.Calls.Reset();
        OrderHistory.Calls.Reset();
        OrderHistory.Rows.Clear();
        Ordering.Calls.Reset();
        Payments.Calls.Reset();
        Reviews.Calls.Reset();
        Shipping.Calls.Reset();
        Operations.Calls.Reset();
    }

    public void FailAll(Grpc.Core.StatusCode status, string detail)
    {
        foreach (var calls in AllCalls)
            calls.Fail(status, detail);
    }

    /// <summary>As services refuse these fields.</summary>
    public void RefuseAll(params string[] fields)
    {
        foreach (var calls in AllCalls)
            calls.Refuse(fields);
    }

    private Calls[] AllCalls => [Basket.Calls, Catalog.Calls, Coupons.Calls, Inventory.Calls, Members.Calls, Notifications.Calls, OrderHistory.Calls, Ordering.Calls, Payments.Calls, Reviews.Calls, Shipping.Calls, Operations.Calls];

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private static IResult Picture(string file, HttpRequest request, HttpResponse response)
    {
        if (file != "1.svg")
            return Results.NotFound();

        response.Headers.ETag = "\"v1\"";
        response.Headers.CacheControl = "public, max-age=86400";
        return request.Headers.IfNoneMatch == "\"v1\"" ? Results.StatusCode(304) : Results.Text("<svg/>", "image/svg+xml");
    }
}
