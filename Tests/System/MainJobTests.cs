using System.Net;

namespace Shop.SystemTests;

public sealed class MainJobTests(RunningShop shop)
{
    [Fact]
    public async Task Products_are_listed_and_found_in_both_languages()
    {
        Assert.NotEmpty(await shop.ProductsAsync());
        Assert.NotEmpty(await shop.ProductsAsync("?query=keyboard"));
        Assert.NotEmpty(await shop.ProductsAsync("?query=키보드"));
    }

    [Fact]
    public async Task An_order_is_confirmed_and_the_stock_is_gone()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);

        var placed = await member.PlaceOrderAsync(product, quantity: 2);
        var order = await placed.BecomesAsync("confirmed");

        Assert.Equal(2 * product.Price, order.GetProperty("total").GetProperty("amount").GetInt64());
        Assert.Equal("captured", order.GetProperty("payment").GetProperty("status").GetString());
        Assert.Equal(["placed", "confirmed"], order.GetProperty("timeline").EnumerateArray().Select(moment => moment.GetProperty("what").GetString()!));
        Assert.Equal(3, await shop.StockOfAsync(product));
    }

    [Theory]
    [InlineData(PaymentToken.Declined, "payment_declined")]
    [InlineData(PaymentToken.InsufficientFunds, "insufficient_funds")]
    [InlineData(PaymentToken.CaptureFails, "payment_declined")]
    public async Task An_order_that_is_not_paid_is_rejected_and_gives_the_stock_back(string paymentToken, string reason)
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);

        var placed = await member.PlaceOrderAsync(product, quantity: 2, paymentToken);
        var order = await placed.BecomesAsync("rejected");

        Assert.Equal(reason, order.GetProperty("reason").GetString());
        Assert.Equal(5, await shop.StockOfAsync(product));
    }

    [Fact]
    public async Task Unavailable_stock_is_not_sold()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(1);

        var placed = await member.PlaceOrderAsync(product, quantity: 2);
        var order = await placed.BecomesAsync("rejected");

        Assert.Equal("out_of_stock", order.GetProperty("reason").GetString());
        Assert.Equal(1, await shop.StockOfAsync(product));
    }

    [Theory]
    [InlineData(PaymentToken.Slow)]
    [InlineData(PaymentToken.LostAnswer)]
    [InlineData(PaymentToken.Flaky)]
    public async Task A_failure_at_the_provider_delays_an_order_and_charges_it_once(string paymentToken)
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);

        var order = await member.PlaceOrderAsync(product, quantity: 1, paymentToken);
        await order.BecomesAsync("confirmed", TimeSpan.FromSeconds(90));

        var charges = await shop.ChargesOfAsync(order.Id);
        var charge = Assert.Single(charges, charge => !charge.GetProperty("voided").GetBoolean());
        Assert.Equal(product.Price, charge.GetProperty("captured").GetInt64());
        Assert.Equal(4, await shop.StockOfAsync(product));
    }

    [Fact]
    public async Task The_same_key_ten_times_at_once_is_one_order()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(50);
        var key = Guid.CreateVersion7().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => member.TryPlaceOrderAsync(product, 1, key: key)));
        var bodies = new HashSet<string>();
        foreach (var answer in answers)
        {
            Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            if (answer.StatusCode == HttpStatusCode.Accepted)
                bodies.Add(await answer.Content.ReadAsStringAsync());
        }

        var body = Assert.Single(bodies);
        var location = Assert.Single(answers.Select(answer => answer.Headers.Location).OfType<Uri>().Distinct());
        Assert.Equal(1, (await member.GetAsync("/api/v1/orders")).GetProperty("items").GetArrayLength());

        // The same answer later, too, when the order's status has changed.
        await new Order(member, location.OriginalString.Split('/')[^1]).BecomesAsync("confirmed");
        using var later = await member.TryPlaceOrderAsync(product, 1, key: key);
        Assert.Equal((HttpStatusCode.Accepted, location, body), (later.StatusCode, later.Headers.Location, await later.Content.ReadAsStringAsync()));

        using var other = await member.TryPlaceOrderAsync(product, 2, key: key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }
}
