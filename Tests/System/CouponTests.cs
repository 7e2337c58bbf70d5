using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>From the sign-up, by choreography, into the checkout, by the saga.</summary>
public sealed class CouponTests(RunningShop shop)
{
    private static readonly TimeSpan IssuedWithin = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Whoever_signs_up_has_a_coupon_within_five_seconds_and_uses_it_once()
    {
        var member = await shop.SignUpAsync();
        var coupon = await WelcomeAsync(member);
        var product = await shop.ProductWithStockAsync(5);

        using var quoted = await member.SendAsync(HttpMethod.Post, $"/api/v1/coupons/{coupon}/quote", new { items = new[] { new { productId = product.Id, quantity = 2 } } });
        Assert.Equal((25_800, 2_580, 23_220), Costs(await quoted.Content.ReadFromJsonAsync<JsonElement>()));

        // What undoes the order gives the coupon back.
        var declined = await member.PlaceOrderWithAsync(coupon, product, 2, paymentToken: PaymentToken.Declined);
        Assert.Equal("payment_declined", (await declined.BecomesAsync("rejected")).GetProperty("reason").GetString());
        Assert.Equal("usable", await StatusAsync(member, coupon));

        var placed = await member.PlaceOrderWithAsync(coupon, product, 2, expectedTotal: 23_220);
        var order = await placed.BecomesAsync("confirmed");

        Assert.Equal((25_800, 2_580, 23_220), Costs(order));
        Assert.Equal(23_220, order.GetProperty("payment").GetProperty("amount").GetProperty("amount").GetInt64());
        Assert.Equal(23_220, Assert.Single(await shop.ChargesOfAsync(placed.Id)).GetProperty("captured").GetInt64());
        Assert.Equal("redeemed", await StatusAsync(member, coupon));
        using var again = await member.TryPlaceOrderWithAsync(coupon, product, 2);
        await IsNotUsableAsync(again, "This coupon has been used.");
        using var somebody = await (await shop.SignUpAsync()).TryPlaceOrderWithAsync(coupon, product, 2);
        await IsNotUsableAsync(somebody, "There is no such coupon.");
    }

    /// <summary>All are accepted before the first one's checkout gets to the coupon: the stock's row is held until then.</summary>
    [Fact]
    public async Task Of_fifty_orders_with_one_coupon_at_once_one_redeems_it_and_the_others_take_no_money_and_no_stock()
    {
        const int Count = 50;
        var member = await shop.SignUpAsync();
        var coupon = await WelcomeAsync(member);
        var product = await shop.ProductWithStockAsync(2 * Count);
        Order[] orders;
        await using (var connection = new NpgsqlConnection(shop.Info.DatabaseOf("inventory")))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("select 1 from stock where product_id = $1 for update", connection) { Parameters = { new() { Value = Guid.Parse(product.Id) } } };
            await hold.ExecuteScalarAsync();
            orders = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => member.PlaceOrderWithAsync(coupon, product, 2)));
            await transaction.RollbackAsync();
        }

        var ended = new List<JsonElement>();
        foreach (var order in orders)
        {
            await Eventually.TrueAsync(async () => (await order.GetAsync()).GetProperty("status").GetString() != "pending", $"order {order.Id} has ended", TimeSpan.FromSeconds(90));
            ended.Add(await order.GetAsync());
        }

        var confirmed = Assert.Single(ended, order => order.GetProperty("status").GetString() == "confirmed").GetProperty("orderId").GetString();
        Assert.Equal(Count - 1, ended.Count(order => order.GetProperty("status").GetString() == "rejected" && order.GetProperty("reason").GetString() == "coupon_not_usable"));
        Assert.Equal("redeemed", await StatusAsync(member, coupon));
        await Eventually.TrueAsync(async () => await shop.StockOfAsync(product) == (2 * Count) - 2, "only the confirmed order's goods are gone");
        var charges = await shop.ChargesOfAsync("");
        Assert.Equal([confirmed], orders.Select(order => order.Id).Where(id => charges.Any(charge => charge.GetProperty("idempotencyKey").GetString()!.Contains(id, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task An_order_that_a_coupon_pays_for_is_confirmed_without_the_provider()
    {
        var member = await shop.SignUpAsync();
        var coupon = await WelcomeAsync(member);
        await using (var connection = new NpgsqlConnection(shop.Info.DatabaseOf("coupons")))
        {
            await connection.OpenAsync();
            await using var generous = new NpgsqlCommand("update coupons set percent = 100, maximum_discount = null where id = $1", connection) { Parameters = { new() { Value = Guid.Parse(coupon) } } };
            await generous.ExecuteNonQueryAsync();
        }

        var product = await shop.ProductWithStockAsync(5);
        await using var outage = await shop.NoProviderAsync();
        var placed = await member.PlaceOrderWithAsync(coupon, product, 2, expectedTotal: 0);
        var order = await placed.BecomesAsync("confirmed");

        Assert.Equal((25_800, 25_800, 0), Costs(order));
        Assert.Equal(JsonValueKind.Null, order.GetProperty("payment").ValueKind);
        Assert.Empty(order.GetProperty("unavailable").EnumerateArray());
        Assert.Empty(await shop.ChargesOfAsync(placed.Id));
        Assert.Equal("redeemed", await StatusAsync(member, coupon));
    }

    internal static async Task<string> WelcomeAsync(Member member)
    {
        var coupon = "";
        await Eventually.TrueAsync(async () =>
        {
            var coupons = (await member.GetAsync("/api/v1/coupons")).GetProperty("items");
            coupon = coupons.GetArrayLength() == 1 ? coupons[0].GetProperty("id").GetString()! : "";
            return coupon.Length > 0;
        }, "the welcome coupon is there", IssuedWithin);
        return coupon;
    }

    internal static async Task<string> StatusAsync(Member member, string coupon) =>
        (await member.GetAsync("/api/v1/coupons")).GetProperty("items").EnumerateArray().Single(listed => listed.GetProperty("id").GetString() == coupon).GetProperty("status").GetString()!;

    private static async Task IsNotUsableAsync(HttpResponseMessage answer, string why)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "coupon_not_usable", why),
            (answer.StatusCode, problem.GetProperty("reason").GetString(), problem.GetProperty("detail").GetString()));
    }

    private static (long, long, long) Costs(JsonElement what) => (Amount(what, "subtotal"), Amount(what, "discount"), Amount(what, "total"));

    private static long Amount(JsonElement what, string part) => what.GetProperty(part).GetProperty("amount").GetInt64();
}
