using System.Net.Http.Json;
using Shop.Load.Running;

namespace Shop.Load.Orders;

/// <summary>The provider fails in a way that is set here, until disposed.</summary>
public sealed class ProviderFaults : IAsyncDisposable
{
    private readonly HttpClient? _provider;

    private ProviderFaults(HttpClient? provider) => _provider = provider;

    /// <summary>It answers a share of all calls with an error.</summary>
    public static async Task<ProviderFaults> SetAsync(ShopInfo shop, double share) =>
        share == 0 ? new(provider: null) : await SetAsync(shop, new { errorRate = share });

    /// <summary>It drops every connection.</summary>
    public static Task<ProviderFaults> OutageAsync(ShopInfo shop) => SetAsync(shop, new { outage = true });

    private static async Task<ProviderFaults> SetAsync(ShopInfo shop, object faults)
    {
        var provider = new ProviderFaults(new() { BaseAddress = new Uri(shop.PaymentProvider) });
        await provider.PutAsync(faults);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider is null)
            return;
        await PutAsync(new { });
        _provider.Dispose();
    }

    private async Task PutAsync(object faults)
    {
        using var answer = await _provider!.PutAsJsonAsync("/v1/faults", faults);
        answer.EnsureSuccessStatusCode();
    }
}
