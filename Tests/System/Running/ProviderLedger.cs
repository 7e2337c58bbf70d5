using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.SystemTests.Running;

/// <summary>The payment provider's own ledger, independent of the shop.</summary>
public static class ProviderLedger
{
    public static async Task<IReadOnlyList<JsonElement>> ChargesOfAsync(this RunningShop shop, string orderId)
    {
        using var provider = new HttpClient { BaseAddress = new Uri(shop.Info.PaymentProvider) };
        var charges = new List<JsonElement>();
        for (var token = ""; token is not null;)
        {
            var page = await provider.GetFromJsonAsync<JsonElement>($"/v1/ledger?pageSize=1000&pageToken={Uri.EscapeDataString(token)}");
            charges.AddRange(page.GetProperty("items").EnumerateArray().Where(charge => charge.GetProperty("idempotencyKey").GetString()!.Contains(orderId)));
            token = page.GetProperty("nextPageToken").GetString();
        }

        return charges;
    }

    /// <summary>Makes the provider slow for everyone until disposed.</summary>
    public static async Task<IAsyncDisposable> SlowProviderAsync(this RunningShop shop, TimeSpan latency)
    {
        await SetFaultsAsync(shop, new { latencyMs = (int)latency.TotalMilliseconds });
        return new Healing(shop);
    }

    /// <summary>The provider drops every connection until disposed.</summary>
    public static async Task<IAsyncDisposable> NoProviderAsync(this RunningShop shop)
    {
        await SetFaultsAsync(shop, new { outage = true });
        return new Healing(shop);
    }

    private static async Task SetFaultsAsync(RunningShop shop, object faults)
    {
        using var provider = new HttpClient { BaseAddress = new Uri(shop.Info.PaymentProvider) };
        using var answer = await provider.PutAsJsonAsync("/v1/faults", faults);
        answer.EnsureSuccessStatusCode();
    }

    private sealed class Healing(RunningShop shop) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await SetFaultsAsync(shop, new { });
    }
}
