using System.Net.Http.Json;
using Shop.Load.Running;

namespace Shop.Load.Orders;

/// <summary>The provider answers a share of all calls with an error, until disposed.</summary>
public sealed class ProviderFaults : IAsyncDisposable
{
    private readonly HttpClient? _provider;

    private ProviderFaults(HttpClient? provider) => _provider = provider;

    public static async Task<ProviderFaults> SetAsync(ShopInfo shop, double share)
    {
        if (share == 0)
            return new(provider: null);
        var faults = new ProviderFaults(new() { BaseAddress = new Uri(shop.PaymentProvider) });
        await faults.PutAsync(new { errorRate = share });
        return faults;
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
