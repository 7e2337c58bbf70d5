using System.Net;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Pages;

public sealed class BasketTests(RunningStorefront shop)
{
    [Fact]
    public async Task A_guest_adds_changes_removes_and_takes_it_back()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        var product = await browser.GetAsync($"/products/{StandInGateway.Keyboard}");
        var added = await browser.SubmitAsync(product, "/basket/items", ("quantity", "2"));
        Assert.Equal((HttpStatusCode.SeeOther, $"/ko/products/{StandInGateway.Keyboard}?added=2"), (added.Status, added.Location));

        var basket = await browser.GetAsync("/basket");
        Assert.Contains("259,800원", basket.Text, StringComparison.Ordinal);
        await browser.SubmitAsync(basket, $"/basket/items/{StandInGateway.Keyboard}", ("quantity", "3"));
        basket = await browser.GetAsync("/basket");
        Assert.Contains("389,700원", basket.Text, StringComparison.Ordinal);

        var removed = await browser.FollowAsync(await browser.SubmitAsync(basket, $"/basket/items/{StandInGateway.Keyboard}", ("quantity", "3"), ("remove", "true")));
        Assert.Contains("장바구니가 비어 있습니다", removed.Text, StringComparison.Ordinal);
        var back = await browser.FollowAsync(await browser.SubmitAsync(removed, "/basket/items", ("then", "basket")));
        Assert.Contains("389,700원", back.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_tabs_neither_loses_a_line()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "1"));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? browser : browser.AtOtherReplica)
            .PostAsync("/basket/items", ("productId", i % 2 == 0 ? StandInGateway.Keyboard : StandInGateway.Mouse), ("quantity", "1"))));

        var basket = await browser.GetAsync("/basket");
        Assert.Equal(["6", "5"], basket.Document.QuerySelectorAll("input[name=quantity]").Select(input => input.GetAttribute("value")));
    }

    [Theory]
    [InlineData(1, 2, 2, true)]
    [InlineData(5, 2, 5, false)]
    public async Task At_the_sign_in_the_larger_quantity_counts(int ofMember, int ofGuest, int expected, bool isPut)
    {
        var puts = WithBaskets(ofMember);
        var browser = shop.Browser();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", $"{ofGuest}"));
        await browser.SignInAsync();

        Assert.Equal(isPut ? [expected] : [], puts);
        await browser.GetAsync("/basket");
        Assert.Equal(isPut ? 1 : 0, puts.Count);
    }

    [Fact]
    public async Task What_does_not_fit_is_said()
    {
        WithBaskets(0);
        shop.Gateway.On("PUT /api/v1/basket/items/*", _ => Answer.Problem(422, "basket_full", "The basket has 50 products."));
        var browser = shop.Browser();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "1"));
        var page = await browser.FollowAsync(await browser.SignInAsync());
        Assert.Contains("1개는 장바구니에 들어가지 못했습니다", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_baskets_are_unavailable_the_session_keeps_what_is_put_in_and_merges_it_later()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"));
        Assert.Contains("이 브라우저에 보관합니다", (await browser.GetAsync("/basket")).Text, StringComparison.Ordinal);

        var puts = new List<int>();
        Baskets(1, puts);
        await browser.GetAsync("/basket");
        Assert.Equal([2], puts);
    }

    [Fact]
    public async Task A_changed_price_and_what_cannot_be_bought_are_marked()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"));
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Mouse), ("quantity", "2"));
        shop.Gateway.On("GET /api/v1/products/*", call => Answer.Json(200, call.Path.EndsWith(StandInGateway.Mouse, StringComparison.Ordinal)
            ? StandInGateway.Product(StandInGateway.Mouse, "Mouse", 39_000, "sold_out", 0)
            : StandInGateway.Product(StandInGateway.Keyboard, "Keyboard", 99_000, "low", 1)));

        var text = (await browser.GetAsync("/basket")).Text;
        Assert.Contains("It was ₩129,900 when you added it", text, StringComparison.Ordinal);
        Assert.Contains("There are only 1 at the moment", text, StringComparison.Ordinal);
        Assert.Contains("Sold out", text, StringComparison.Ordinal);
    }

    private List<int> WithBaskets(int quantity)
    {
        shop.Gateway.Reset();
        var puts = new List<int>();
        Baskets(quantity, puts);
        return puts;
    }

    private void Baskets(int quantity, List<int> puts)
    {
        shop.Gateway.On("GET /api/v1/basket", _ => Answer.Json(200, Body(quantity)));
        shop.Gateway.On("PUT /api/v1/basket/items/*", call =>
        {
            puts.Add(call.Json.GetProperty("quantity").GetInt32());
            return Answer.Json(200, Body(quantity));
        });
    }

    private static object Body(int quantity) => new
    {
        items = quantity == 0 ? [] : new object[] { new { productId = StandInGateway.Keyboard, name = "K", imageUrl = "/images/products/x.svg", quantity, unitPrice = new { amount = 100, currency = "KRW" }, lineTotal = new { amount = 100 * quantity, currency = "KRW" }, stock = (object?)null, discontinued = false } },
        subtotal = new { amount = 100 * quantity, currency = "KRW" }, unavailable = Array.Empty<string>(),
    };
}
