using System.Text.Json;
using Npgsql;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>The patterns that keep one service's trouble from being everybody's, seen working in the whole shop.</summary>
public sealed class Patterns(RunningShop shop) : IAsyncDisposable
{
    private static readonly TimeSpan Opens = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Heals = TimeSpan.FromSeconds(60);

    public async ValueTask DisposeAsync() => await shop.IsWholeAsync();

    [Fact]
    public async Task A_frozen_upstream_opens_its_breaker_pages_no_longer_wait_for_it_and_the_breaker_closes_again()
    {
        var shopkeeper = await shop.OperatorAsync();
        var product = await shop.ProductWithStockAsync(7);
        await shop.PageAsync(product);

        using (await shop.Info.FreezeAsync("inventory"))
        {
            // A page gives Inventory a second. Only behind an open breaker it comes sooner.
            await Eventually.TrueAsync(
                async () => (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FallbackAsync(product)))).Any(took => took < TimeSpan.FromSeconds(0.7)),
                "the breaker opens", Opens);
        }

        await Eventually.TrueAsync(async () =>
        {
            using var set = await shopkeeper.SendAsync(HttpMethod.Put, $"/api/v1/ops/stock/{product.Id}", new { onHand = 9 });
            return set.IsSuccessStatusCode;
        }, "the breaker closes", Heals);
        await Eventually.TrueAsync(async () => await shop.StockOfAsync(product) == 9, "pages show Inventory's stock again");
    }

    [Fact]
    public async Task Without_the_provider_orders_wait_say_so_and_go_on_when_it_is_back()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(10);
        var orders = new List<Order>();

        await using (await shop.NoProviderAsync())
        {
            for (var i = 0; i < 3; i++)
                orders.Add(await member.PlaceOrderAsync(product, 1));
            foreach (var order in orders)
                await Eventually.TrueAsync(async () => PaymentOf(await order.GetAsync()) == ("pending", "pending"), "the order's page says that its payment waits", Opens);
            // Whatever needs no provider does not notice.
            Assert.Equal(7, await shop.StockOfAsync(product));
            Assert.NotEmpty(await shop.ProductsAsync("?query=keyboard"));
        }

        foreach (var order in orders)
        {
            await order.BecomesAsync("confirmed", Heals);
            Assert.Single(await shop.ChargesOfAsync(order.Id));
        }
    }

    [Fact]
    public async Task A_frozen_upstream_fills_its_bulkhead_and_the_others_do_not_notice()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);
        var order = await member.PlaceOrderAsync(product, 1);
        await order.BecomesAsync("confirmed");

        using (await shop.Info.FreezeAsync("payments"))
        {
            // More at once than may be under way to Payments: the pages come all the same, without that part.
            var pages = Enumerable.Range(0, 150).Select(_ => order.GetAsync()).ToList();
            var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.PageAsync(product)));

            Assert.All(others, page => Assert.Equal(4, page.GetProperty("stock").GetProperty("available").GetInt64()));
            foreach (var page in await Task.WhenAll(pages))
            {
                Assert.Equal("confirmed", page.GetProperty("status").GetString());
                Assert.Equal("payment", page.GetProperty("unavailable")[0].GetString());
            }
        }

        await Eventually.TrueAsync(async () => PaymentOf(await order.GetAsync()) == ("confirmed", "captured"), "the payment is on the page again", Heals);
    }

    [Fact]
    public async Task An_upstreams_work_stops_when_its_caller_has_gone()
    {
        var product = await shop.ProductWithStockAsync(5);
        await shop.PageAsync(product);
        await using var connection = new NpgsqlConnection(shop.Info.DatabaseOf("inventory"));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table stock in access exclusive mode", connection))
            await hold.ExecuteNonQueryAsync();

        // The page gives Inventory a second. Inventory's query would wait ten for the lock; with its caller gone, it does not.
        var page = shop.PageAsync(product);
        await Eventually.TrueAsync(async () => await WaitingAsync(connection) > 0, "Inventory's query waits for the lock");
        await page;
        await Eventually.TrueAsync(async () => await WaitingAsync(connection) == 0, "Inventory's query is given up", TimeSpan.FromSeconds(7));
    }

    private static (string? Order, string? Payment) PaymentOf(JsonElement order) => (
        order.GetProperty("status").GetString(),
        order.GetProperty("payment") is { ValueKind: JsonValueKind.Object } payment ? payment.GetProperty("status").GetString() : null);

    private static async Task<long> WaitingAsync(NpgsqlConnection connection)
    {
        await using var waiting = new NpgsqlCommand("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()", connection);
        return (long)(await waiting.ExecuteScalarAsync())!;
    }

    /// <summary>The page without Inventory: Catalog's view of the stock, or a page that says that the stock cannot be had. Never an error. How long it took.</summary>
    private async Task<TimeSpan> FallbackAsync(Product product)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var page = await shop.PageAsync(product);
        Assert.True(page.GetProperty("stock").ValueKind == JsonValueKind.Object || page.GetProperty("unavailable")[0].GetString() == "stock", page.ToString());
        return TimeProvider.System.GetElapsedTime(begun);
    }
}
