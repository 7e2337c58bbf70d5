using System.Net.Http.Json;
using Shop.Load.Running;

namespace Shop.Load.Orders;

/// <summary>The provider has faults for everyone, until disposed.</summary>
internal sealed class ProviderFaults : IAsyncDisposable
{
    private readonly HttpClient? _provider;

    private ProviderFaults(HttpClient? provider) => _provider = provider;

    /// <param name="errorRate">The share of calls that are answered with an error.</param>
    /// <param name="latencyMs">The delay of answers.</param>
    /// <param name="outage">Connections are dropped.</param>
    /// <exception cref="HttpRequestException">The provider does not answer.</exception>
    public static async Task<ProviderFaults> SetAsync(ShopInfo shop, double errorRate, int latencyMs = 0, bool outage = false)
    {
        if (errorRate == 0 && latencyMs == 0 && !outage)
            return new(provider: null);
        var faults = new ProviderFaults(new() { BaseAddress = new Uri(shop.PaymentProvider) });
        try
        {
            await PutAsync(faults._provider!, new { errorRate, latencyMs, outage });
            return faults;
        }
        catch (HttpRequestException)
        {
            faults._provider!.Dispose();
            throw;
        }
    }

    /// <exception cref="HttpRequestException">The provider does not answer.</exception>
    public static async Task ClearAsync(ShopInfo shop)
    {
        using var provider = new HttpClient { BaseAddress = new Uri(shop.PaymentProvider) };
        await PutAsync(provider, new { });
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider is null)
            return;
        using (_provider)
            await PutAsync(_provider, new { });
    }

    private static async Task PutAsync(HttpClient provider, object faults)
    {
        using var answer = await provider.PutAsJsonAsync("/v1/faults", faults);
        answer.EnsureSuccessStatusCode();
    }
}
