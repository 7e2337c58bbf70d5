using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Testing;

namespace Shop.SystemTests;

public sealed class BasketAndReviewTests(RunningShop shop)
{
    [Fact]
    public async Task What_is_in_the_basket_is_ordered_delivered_and_reviewed_and_the_rating_shows()
    {
        var (member, @operator) = (await shop.SignUpAsync(), await shop.OperatorAsync());
        var (product, later) = (await shop.ProductWithStockAsync(10), await shop.ProductWithStockAsync(10));
        await PutAsync(member, product, 2);
        Assert.Equal(25_800, (await member.GetAsync("/api/v1/basket")).GetProperty("subtotal").GetProperty("amount").GetInt64());
        using (var early = await ReviewAsync(member, product, 4))
            Assert.Equal(HttpStatusCode.Forbidden, early.StatusCode);

        var key = Guid.CreateVersion7().ToString();
        var order = await OrderBasketAsync(member, key);
        await PutAsync(member, product, 3);
        await PutAsync(member, later, 1);
        var confirmed = await order.BecomesAsync("confirmed");

        Assert.Equal(2, confirmed.GetProperty("lines")[0].GetProperty("quantity").GetInt32());
        await Eventually.TrueAsync(async () => (await ItemsAsync(member)).SequenceEqual([(product.Id, 1), (later.Id, 1)]), "only what was bought has left the basket", TimeSpan.FromSeconds(20));
        Assert.Equal(order.Id, (await OrderBasketAsync(member, key)).Id);

        var shipment = await order.ShipmentBecomesAsync("created");
        foreach (var move in new[] { "dispatch", "deliver" })
        {
            using var moved = await @operator.SendAsync(HttpMethod.Post, $"/api/v1/ops/shipments/{shipment}/{move}", body: null);
            Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        }
        await order.StatusIsAsync("delivered");
        await Eventually.TrueAsync(async () =>
        {
            using var written = await ReviewAsync(member, product, 4);
            return written.StatusCode == HttpStatusCode.Created;
        }, "Reviews knows of the delivery", TimeSpan.FromSeconds(20));
        using (var second = await ReviewAsync(member, product, 1))
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);

        await Eventually.TrueAsync(async () => Rating(await shop.PageAsync(product)) == (4, 1), "the page has the rating", TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(async () => Rating((await shop.ProductsAsync($"?query={Uri.EscapeDataString(product.Name)}")).First(found => found.GetProperty("id").GetString() == product.Id)) == (4, 1),
            "the search has the rating", TimeSpan.FromSeconds(5));
        var review = (await shop.PageAsync(product)).GetProperty("reviews")[0];
        Assert.Equal(("좋다 <b>", "김**", 4), (review.GetProperty("text").GetString(), review.GetProperty("author").GetString(), review.GetProperty("stars").GetInt32()));
    }

    [Fact]
    public async Task A_discontinued_product_stays_in_the_basket_and_is_not_sold()
    {
        var (member, @operator, product) = (await shop.SignUpAsync(), await shop.OperatorAsync(), await shop.ProductWithStockAsync(10));
        await PutAsync(member, product, 2);
        var order = await member.PlaceOrderAsync(product, 1);

        using (var discontinued = await @operator.SendAsync(HttpMethod.Post, $"/api/v1/ops/products/{product.Id}/discontinue", body: null))
            Assert.Equal(HttpStatusCode.NoContent, discontinued.StatusCode);

        var basket = await member.GetAsync("/api/v1/basket");
        Assert.Equal((true, 0), (basket.GetProperty("items")[0].GetProperty("discontinued").GetBoolean(), basket.GetProperty("subtotal").GetProperty("amount").GetInt64()));
        using (var refused = await TryOrderBasketAsync(member, Guid.CreateVersion7().ToString()))
            Assert.Equal("discontinued", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reason").GetString());
        using (var refused = await member.TryPlaceOrderAsync(product, 1))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(product.Name, (await order.BecomesAsync("confirmed")).GetProperty("lines")[0].GetProperty("name").GetString());
        await Eventually.TrueAsync(async () => (await shop.ProductsAsync($"?query={Uri.EscapeDataString(product.Name)}")).All(found => found.GetProperty("id").GetString() != product.Id),
            "searches no longer have it", TimeSpan.FromSeconds(5));
    }

    private static async Task PutAsync(Member member, Product product, int quantity)
    {
        using var answer = await member.SendAsync(HttpMethod.Put, $"/api/v1/basket/items/{product.Id}", new { quantity });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<List<(string?, int)>> ItemsAsync(Member member) =>
        [.. (await member.GetAsync("/api/v1/basket")).GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("productId").GetString(), item.GetProperty("quantity").GetInt32()))];

    private static Task<HttpResponseMessage> TryOrderBasketAsync(Member member, string key) =>
        member.SendAsync(HttpMethod.Post, "/api/v1/orders", new { fromBasket = true, paymentToken = PaymentToken.Ok, shippingAddress = Member.Address }, ("Idempotency-Key", key));

    private static async Task<Order> OrderBasketAsync(Member member, string key)
    {
        using var answer = await TryOrderBasketAsync(member, key);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return new(member, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("orderId").GetString()!);
    }

    private static Task<HttpResponseMessage> ReviewAsync(Member member, Product product, int stars) =>
        member.SendAsync(HttpMethod.Post, $"/api/v1/products/{product.Id}/reviews", new { stars, text = "좋다 <b>" });

    private static (double?, int) Rating(JsonElement product) =>
        (product.GetProperty("rating").GetProperty("average") is { ValueKind: JsonValueKind.Number } average ? average.GetDouble() : null, product.GetProperty("rating").GetProperty("count").GetInt32());
}
