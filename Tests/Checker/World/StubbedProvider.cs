using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.Checker.Tests.World;

/// <summary>A stub of the provider's ledger, with one charge per page.</summary>
public sealed class StubbedProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubbedProvider(WebApplication app) => _app = app;

    public List<JsonObject> Ledger { get; } = [];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<StubbedProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new StubbedProvider(app);
        app.MapGet("/v1/ledger", provider.Page);
        await app.StartAsync();
        return provider;
    }

    public void Charge(string id, string key, long authorised = 2000, long captured = 0, long refunded = 0, bool voided = false) => Ledger.Add(new()
    {
        ["chargeId"] = id, ["idempotencyKey"] = key, ["token"] = "tok_ok", ["currency"] = "KRW",
        ["authorised"] = authorised, ["captured"] = captured, ["refunded"] = refunded, ["voided"] = voided,
    });

    private JsonObject Page(string? pageToken)
    {
        var index = string.IsNullOrEmpty(pageToken) ? 0 : int.Parse(pageToken);
        return new()
        {
            ["items"] = new JsonArray([.. Ledger.Skip(index).Take(1).Select(charge => charge.DeepClone())]),
            ["nextPageToken"] = index + 1 < Ledger.Count ? $"{index + 1}" : null,
        };
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
