using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Testing;

namespace Shop.Browser.Tests.Running;

/// <summary>What operators do by the API, so that a page shows it.</summary>
internal sealed class OperatorApi : IDisposable
{
    private readonly HttpClient _http;

    private OperatorApi(HttpClient http) => _http = http;

    public static async Task<OperatorApi> SignInAsync(ShopInBrowser shop)
    {
        var http = new HttpClient { BaseAddress = new(shop.Gateway) };
        using var answer = await http.PostAsJsonAsync("/api/v1/sessions", new { email = shop.Operator.Email, password = shop.Operator.Password });
        answer.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString());
        return new(http);
    }

    /// <summary>A product of the test's own, in stock and in lists.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> NewProductAsync(int stock)
    {
        var name = $"Test {Guid.CreateVersion7():N}";
        using var created = await _http.PostAsJsonAsync("/api/v1/ops/products", new
        {
            name = new { ko = name, en = name }, description = new { ko = "시험용", en = "For a test" }, categoryId = "keyboards", price = new { amount = 45_000, currency = "KRW" },
        });
        created.EnsureSuccessStatusCode();
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        // Inventory and Catalog know it from events.
        await Eventually.TrueAsync(async () => await TrySetStockAsync(id, stock), "the stock of a new product is set", TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(async () => (await _http.GetFromJsonAsync<JsonElement>($"/api/v1/products?query={name}")).GetProperty("items").EnumerateArray()
            .Any(item => item.GetProperty("stock").GetProperty("available").GetInt64() == stock), "lists have the product and its stock", TimeSpan.FromMinutes(1));
        return id;
    }

    public async Task SetStockAsync(string product, int stock) => Assert.True(await TrySetStockAsync(product, stock));

    public void Dispose() => _http.Dispose();

    private async Task<bool> TrySetStockAsync(string product, int stock)
    {
        using var set = await _http.PutAsJsonAsync($"/api/v1/ops/stock/{product}", new { onHand = stock });
        return set.IsSuccessStatusCode;
    }
}
