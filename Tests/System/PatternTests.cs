using System.Text.Json;
using Npgsql;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>The patterns that isolate failures, tested in the whole shop.</summary>
public sealed class PatternTests(RunningShop shop) : IAsyncDisposable
{
    private static readonly TimeSpan Opens = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Heals = TimeSpan.FromSeconds(60);

    public async ValueTask DisposeAsync() => await shop.IsWholeAsync();

    [Fact]
    public async Task A_frozen_upstream_opens_its_breaker_pages_no_longer_wait_for_it_and_the_breaker_closes_again()
    {
        var @operator = await shop.OperatorAsync();
        var product = await shop.ProductWithStockAsync(7);
        await shop.PageAsync(product);

        using (await shop.Info.FreezeAsync("inventory"))
        {
            // A page waits 1 s for Inventory; it is faster only with an open breaker.
            await Eventually.TrueAsync(
                async () => (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FallbackAsync(product)))).Any(took => took < TimeSpan.FromSeconds(0.7)),
                "the breaker opens", Opens);
        }

        await Eventually.TrueAsync(async () =>
        {
            using var set = await @operator.SendAsync(HttpMethod.Put, $"/api/v1/ops/stock/{product.Id}", new { onHand = 9 });
            return set.IsSuccessStatusCode;
        }, "the breaker closes", Heals);
        await Eventually.TrueAsync(async () => await shop.StockOfAsync(product) == 9, "pages show Inventory's stock again");
    }

    [Fact]
    public async Task In_an_outage_of_the_provider_orders_wait_and_continue_after_it()
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
            // Calls that do not need the provider are not affected.
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
    public async Task A_frozen_upstream_fills_its_bulkhead_and_others_are_not_affected()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);
        var order = await member.PlaceOrderAsync(product, 1);
        await order.BecomesAsync("confirmed");

        // With the order history the page would not need Payments.
        using (await shop.Info.FreezeAsync("order-history"))
        using (await shop.Info.FreezeAsync("payments"))
        {
            // More concurrent calls than Payments' bulkhead has permits: all pages are answered, without that part.
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
    public async Task An_upstreams_work_is_cancelled_with_its_call()
    {
        var product = await shop.ProductWithStockAsync(5);
        await shop.PageAsync(product);
        await using var connection = new NpgsqlConnection(shop.Info.DatabaseOf("inventory"));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table stock in access exclusive mode", connection))
            await hold.ExecuteNonQueryAsync();

        // The page waits 1 s for Inventory. Inventory's query would wait 10 s for the lock, but is cancelled with its call.
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

    /// <summary>The page without Inventory has Catalog's stock, or states that the stock is unavailable; it is never an error. Returns its duration.</summary>
    private async Task<TimeSpan> FallbackAsync(Product product)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var page = await shop.PageAsync(product);
        Assert.True(page.GetProperty("stock").ValueKind == JsonValueKind.Object || page.GetProperty("unavailable")[0].GetString() == "stock", page.ToString());
        return TimeProvider.System.GetElapsedTime(begun);
    }
}
