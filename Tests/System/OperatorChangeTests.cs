using System.Net.Http.Json;
using System.Text.Json;
using Shop.Testing;

namespace Shop.SystemTests;

public sealed class OperatorChangeTests(RunningShop shop)
{
    // Promised within 5 s; longer here, for a busy machine.
    private static readonly TimeSpan Price = TimeSpan.FromSeconds(10);

    // Also for a service that was just killed, until it has its partitions again.
    private static readonly TimeSpan Stock = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_price_shows_on_pages_in_lists_and_in_searches_and_never_changes_back()
    {
        var @operator = await shop.OperatorAsync();
        var product = await shop.ProductWithStockAsync(1);
        var places = new Func<Task<long>>[]
        {
            async () => PriceOf(await shop.Gateway.GetFromJsonAsync<JsonElement>($"/api/v1/products/{product.Id}")),
            () => ListedAsync("?sort=newest&pageSize=50"),
            () => ListedAsync($"?query={Uri.EscapeDataString(product.Name)}"),
        };
        using var over = new CancellationTokenSource();
        var watches = Array.ConvertAll(places, place => WatchAsync(place, over.Token));

        var price = product.Price;
        for (var change = 0; change < 5; change++)
        {
            price += 100;
            using var changed = await @operator.SendAsync(HttpMethod.Patch, $"/api/v1/ops/products/{product.Id}", new { price = new { amount = price, currency = "KRW" } });
            changed.EnsureSuccessStatusCode();
            foreach (var place in places)
                await Eventually.TrueAsync(async () => await place() == price, $"the price {price} shows", Price);
        }

        await over.CancelAsync();
        foreach (var seen in await Task.WhenAll(watches))
            Assert.Equal(seen.Order(), seen);

        async Task<long> ListedAsync(string list) => PriceOf((await shop.ProductsAsync(list)).Single(listed => listed.GetProperty("id").GetString() == product.Id));
    }

    [Fact]
    public async Task Stock_shows_in_lists_and_searches()
    {
        var @operator = await shop.OperatorAsync();
        var product = await shop.ProductWithStockAsync(7);
        await ShowsAsync(7);

        using var counted = await @operator.SendAsync(HttpMethod.Put, $"/api/v1/ops/stock/{product.Id}", new { onHand = 3 });
        counted.EnsureSuccessStatusCode();
        await ShowsAsync(3);

        Task ShowsAsync(int onHand) => Eventually.TrueAsync(async () =>
        {
            // A search also finds near misses.
            var listed = (await shop.ProductsAsync($"?query={Uri.EscapeDataString(product.Name)}")).Single(found => found.GetProperty("id").GetString() == product.Id);
            return listed.GetProperty("stock") is { ValueKind: JsonValueKind.Object } stock && stock.GetProperty("available").GetInt64() == onHand;
        }, $"a stock of {onHand} shows", Stock);
    }

    private static async Task<List<long>> WatchAsync(Func<Task<long>> price, CancellationToken until)
    {
        var seen = new List<long>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!until.IsCancellationRequested && await pace.WaitForNextTickAsync(CancellationToken.None))
            seen.Add(await price());

        return seen;
    }

    private static long PriceOf(JsonElement product) => product.GetProperty("price").GetProperty("amount").GetInt64();
}
