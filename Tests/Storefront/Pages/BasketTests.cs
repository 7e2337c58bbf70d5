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

    /// <summary>The API sets a quantity. With tokens that expire at once, each addition also renews them.</summary>
    [Theory]
    [InlineData(900)]
    [InlineData(0)]
    public async Task Of_two_tabs_of_a_member_neither_loses_an_addition(int tokensExpireIn)
    {
        var (quantity, reading) = (0, 0);
        shop.Gateway.Reset();
        shop.Gateway.Members.ExpiresIn = tokensExpireIn;
        shop.Gateway.On("GET /api/v1/basket", shop.Gateway.Members.Authorised(_ =>
        {
            Interlocked.Increment(ref reading);
            var read = Volatile.Read(ref quantity);
            // Until another tab has read the same, if it can.
            SpinWait.SpinUntil(() => Volatile.Read(ref reading) > 1, TimeSpan.FromMilliseconds(100));
            Interlocked.Decrement(ref reading);
            return Answer.Json(200, Body(read));
        }));
        shop.Gateway.On("PUT /api/v1/basket/items/*", shop.Gateway.Members.Authorised(call =>
        {
            Volatile.Write(ref quantity, call.Json.GetProperty("quantity").GetInt32());
            return Answer.Json(200, Body(quantity));
        }));
        var browser = shop.Browser();
        await browser.SignInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? browser : browser.AtOtherReplica)
            .PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"))));

        Assert.All(answers, answer => Assert.Equal($"/ko/products/{StandInGateway.Keyboard}?added=2", answer.Location));
        Assert.Equal((12, false), (quantity, shop.Gateway.Members.WasReused));
    }

    [Fact]
    public async Task A_refused_addition_keeps_the_token_that_was_renewed_for_it()
    {
        WithBaskets(0);
        shop.Gateway.Members.ExpiresIn = 0;
        shop.Gateway.On("GET /api/v1/basket", shop.Gateway.Members.Authorised(_ => Answer.Json(200, Body(0))));
        shop.Gateway.On("PUT /api/v1/basket/items/*", shop.Gateway.Members.Authorised(_ => Answer.Problem(422, "basket_full", "The basket has 50 products.")));
        var browser = shop.Browser();
        await browser.SignInAsync();

        var refused = await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "1"));

        Assert.Equal("/ko/basket?refused=basket_full", refused.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.False(shop.Gateway.Members.WasReused);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("100")]
    [InlineData("abc")]
    [InlineData("")]
    public async Task A_quantity_that_no_basket_can_have_is_refused_and_changes_nothing(string quantity)
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"));

        foreach (var path in new[] { "/basket/items", $"/basket/items/{StandInGateway.Keyboard}" })
        {
            var basket = await browser.GetAsync("/basket");
            var refused = path == "/basket/items"
                ? await browser.PostAsync(path, ("productId", StandInGateway.Keyboard), ("quantity", quantity))
                : await browser.SubmitAsync(basket, path, ("quantity", quantity));
            Assert.Contains("Choose a quantity between 1 and 99", (await browser.FollowAsync(refused)).Text, StringComparison.Ordinal);
        }

        Assert.Equal("2", (await browser.GetAsync("/basket")).Document.QuerySelector("input[name=quantity]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_not_sold_is_refused_in_words()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        var refused = await browser.FollowAsync(await browser.PostAsync("/basket/items", ("productId", $"{Guid.CreateVersion7()}"), ("quantity", "1")));
        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains("no longer sold", refused.Text, StringComparison.Ordinal);
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
