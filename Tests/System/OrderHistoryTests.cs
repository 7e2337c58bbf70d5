using System.Net;
using System.Text.Json;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>The query side in the whole shop.</summary>
public sealed class OrderHistoryTests(RunningShop shop)
{
    private const string Rebuild = "/api/v1/ops/order-history/rebuild";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_order_is_in_the_members_list_at_once_and_in_the_operators_search_soon()
    {
        var (member, @operator) = (await shop.SignUpAsync(), await shop.OperatorAsync());
        var product = await shop.ProductWithStockAsync(5);

        var order = await member.PlaceOrderAsync(product, 1);

        Assert.Equal(order.Id, Id((await member.GetAsync("/api/v1/orders")).GetProperty("items")[0]));
        var confirmed = await order.BecomesAsync("confirmed");
        Assert.Equal("captured", confirmed.GetProperty("payment").GetProperty("status").GetString());
        var memberId = (await member.GetAsync("/api/v1/me")).GetProperty("memberId").GetString();
        var found = default(JsonElement);
        await Eventually.TrueAsync(async () =>
        {
            found = (await @operator.GetAsync($"/api/v1/ops/orders?status=confirmed&memberId={memberId}")).GetProperty("items");
            // The order, its payment and its shipment come from three topics, in any order.
            return found.GetArrayLength() == 1 && found[0].GetProperty("shipment").ValueKind == JsonValueKind.Object
                && found[0].GetProperty("payment") is { ValueKind: JsonValueKind.Object } payment && payment.GetProperty("status").GetString() == "captured";
        }, "the order is found with its captured payment and its shipment", Timeout);
        Assert.Equal(order.Id, Id(found[0]));
    }

    [Fact]
    public async Task Without_the_history_an_order_is_answered_but_for_its_shipment()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);
        var order = await member.PlaceOrderAsync(product, 1);
        await order.BecomesAsync("confirmed");

        await RunAsync("resource-stop");
        try
        {
            var page = default(JsonElement);
            await Eventually.TrueAsync(async () => (page = await order.GetAsync()).GetProperty("unavailable").GetArrayLength() > 0, "OrderHistory is unavailable", Timeout);
            Assert.Equal("shipment", Assert.Single(page.GetProperty("unavailable").EnumerateArray()).GetString());
            Assert.Equal("captured", page.GetProperty("payment").GetProperty("status").GetString());
            var second = await member.PlaceOrderAsync(product, 1);
            Assert.Equal([second.Id, order.Id], (await member.GetAsync("/api/v1/orders")).GetProperty("items").EnumerateArray().Select(Id));
        }
        finally
        {
            await RunAsync("resource-start");
            await shop.IsWholeAsync();
        }

        await Eventually.TrueAsync(async () => (await order.GetAsync()).GetProperty("unavailable").GetArrayLength() == 0, "the order is complete again", Timeout);
    }

    [Fact]
    public async Task A_rebuild_while_orders_are_placed_loses_nothing_and_figures_count_each_once()
    {
        var (member, @operator) = (await shop.SignUpAsync(), await shop.OperatorAsync());
        var product = await shop.ProductWithStockAsync(100);
        var before = await TodayAsync(@operator);
        var orders = new List<string>();
        for (var i = 0; i < 5; i++)
            orders.Add((await member.PlaceOrderAsync(product, 1)).Id);

        using (var started = await @operator.SendAsync(HttpMethod.Post, Rebuild, body: null))
            Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var state = "";
        while (state is not ("swapped" or "failed") || orders.Count < 15)
        {
            orders.Add((await member.PlaceOrderAsync(product, 1)).Id);
            state = (await @operator.GetAsync(Rebuild)).GetProperty("state").GetString();
        }

        Assert.Equal("swapped", state);
        Assert.Equal(orders.OrderDescending(StringComparer.Ordinal), await ListAsync(member));
        var memberId = (await member.GetAsync("/api/v1/me")).GetProperty("memberId").GetString();
        await Eventually.TrueAsync(async () =>
            (await @operator.GetAsync($"/api/v1/ops/orders?status=confirmed&memberId={memberId}&pageSize=100")).GetProperty("items").GetArrayLength() == orders.Count,
            "all orders are found as confirmed", Timeout);
        await Eventually.TrueAsync(async () => await TodayAsync(@operator) == (before.Placed + orders.Count, before.Confirmed + orders.Count), "each order is counted", Timeout);
        // And not more often a little later, when everything has been handled.
        await Eventually.TrueAsync(async () => (await @operator.GetAsync("/api/v1/ops/figures")).GetProperty("lag").GetProperty("consumers").GetProperty("order-history").GetInt64() == 0,
            "OrderHistory has handled all events", Timeout);
        Assert.Equal((before.Placed + orders.Count, before.Confirmed + orders.Count), await TodayAsync(@operator));
    }

    [Fact]
    public async Task Figures_have_a_part_of_every_service()
    {
        var figures = await (await shop.OperatorAsync()).GetAsync("/api/v1/ops/figures");

        Assert.Equal(60, figures.GetProperty("perMinute").GetArrayLength());
        Assert.Empty(figures.GetProperty("unavailable").EnumerateArray());
        string[] services = ["basket", "catalog", "coupons", "inventory", "members", "notifications", "order-history", "ordering", "payments", "reviews", "shipping"];
        Assert.Equal(services, figures.GetProperty("lag").GetProperty("outbox").EnumerateObject().Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.All(figures.GetProperty("lag").GetProperty("consumers").EnumerateObject(), service => Assert.Equal(JsonValueKind.Number, service.Value.ValueKind));
        Assert.Equal((0, JsonValueKind.Number), (figures.GetProperty("overdueSagas").GetInt64(), figures.GetProperty("deadLetters").ValueKind));
    }

    private static string? Id(JsonElement order) => order.GetProperty("orderId").GetString();

    private static async Task<List<string?>> ListAsync(Member member)
    {
        var ids = new List<string?>();
        for (var token = ""; token is not null;)
        {
            var page = await member.GetAsync($"/api/v1/orders?pageSize=4{(token.Length == 0 ? "" : $"&pageToken={token}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            token = page.GetProperty("nextPageToken").GetString();
        }
        return ids;
    }

    private static async Task<(long Placed, long Confirmed)> TodayAsync(Member @operator)
    {
        var today = (await @operator.GetAsync("/api/v1/ops/figures")).GetProperty("today");
        return (today.GetProperty("placed").GetInt64(), today.GetProperty("confirmed").GetInt64());
    }

    private async Task RunAsync(string command)
    {
        var result = await shop.App.ResourceCommands.ExecuteCommandAsync("order-history", command);
        Assert.True(result.Success, result.ToString());
    }
}
