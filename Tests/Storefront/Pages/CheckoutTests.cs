using System.Net;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Pages;

public sealed class CheckoutTests(RunningStorefront shop)
{
    private static readonly (string, string)[] Address = [("recipient", "김민지"), ("postalCode", "04524"), ("city", "서울"), ("line1", "세종대로 110"), ("paymentToken", "tok_ok"), ("action", "place")];

    [Fact]
    public async Task A_guest_signs_in_and_is_at_the_checkout_with_his_basket()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        var bought = await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"), ("then", "checkout"));
        var signIn = await browser.FollowAsync(bought);
        var page = await browser.FollowAsync(await browser.SubmitAsync(signIn, "/sign-in", ("email", StandInMembers.Email), ("password", StandInMembers.Password)));

        Assert.Contains("259,800원 결제하기", page.Text, StringComparison.Ordinal);
        Assert.Equal("김민지", page.Document.QuerySelector("input[name=recipient]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_form_is_one_order_however_often_it_is_sent()
    {
        var (browser, page) = await AtCheckoutAsync();
        var order = Guid.CreateVersion7();
        var running = 0;
        shop.Gateway.On("POST /api/v1/orders", call => Interlocked.Increment(ref running) == 2
            ? Answer.Problem(409, "idempotency_key_in_use", "Running.")
            : Answer.Json(202, new { orderId = order, status = "pending" }));

        var clicks = await Task.WhenAll(browser.SubmitAsync(page, "/checkout", Address), browser.AtOtherReplica.SubmitAsync(page, "/checkout", Address));
        var reload = await browser.SubmitAsync(page, "/checkout", Address);

        Assert.All([.. clicks, reload], answer => Assert.Equal((HttpStatusCode.SeeOther, $"/ko/orders/{order}"), (answer.Status, answer.Location)));
        var sent = shop.Gateway.Calls.Where(call => call is { Method: "POST", Path: "/api/v1/orders" }).ToList();
        Assert.Single(sent.Select(call => call.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(sent.Select(call => call.Body).Distinct());
        Assert.Equal(259_800, sent[0].Json.GetProperty("expectedTotal").GetProperty("amount").GetInt64());
        Assert.Contains("장바구니가 비어 있습니다", (await browser.GetAsync("/basket")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ä")]
    [InlineData("not-ours")]
    public async Task A_form_without_a_key_of_ours_orders_nothing(string key)
    {
        var (browser, page) = await AtCheckoutAsync();
        var answer = await browser.SubmitAsync(page, "/checkout", [.. Address, ("key", key)]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain(shop.Gateway.Calls, call => call is { Method: "POST", Path: "/api/v1/orders" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task A_form_whose_total_is_none_orders_nothing(string expected)
    {
        var (browser, page) = await AtCheckoutAsync();
        var answer = await browser.SubmitAsync(page, "/checkout", [.. Address, ("expected", expected)]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain(shop.Gateway.Calls, call => call is { Method: "POST", Path: "/api/v1/orders" });
    }

    [Theory]
    [InlineData(409, "price_changed", "결제 금액이 달라졌습니다", true)]
    [InlineData(422, "coupon_not_usable", "쿠폰은 사용할 수 없습니다", true)]
    [InlineData(422, "idempotency_key_reused", "이미 주문했습니다", false)]
    [InlineData(503, "timed_out", "다시 눌러도 한 번만", true)]
    public async Task A_refused_order_says_why_and_keeps_what_was_typed(int status, string reason, string text, bool sameKey)
    {
        var (browser, page) = await AtCheckoutAsync();
        shop.Gateway.On("POST /api/v1/orders", _ => Answer.Problem(status, reason, "No."));
        var answer = await browser.SubmitAsync(page, "/checkout", Address);

        Assert.Equal(status == 503 ? 503 : 422, (int)answer.Status);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        Assert.Equal("세종대로 110", answer.Document.QuerySelector("input[name=line1]")!.GetAttribute("value"));
        Assert.Equal(sameKey, Key(page) == Key(answer));
    }

    [Fact]
    public async Task Wrong_fields_are_named_together_and_linked()
    {
        var (browser, page) = await AtCheckoutAsync();
        shop.Gateway.On("POST /api/v1/orders", _ => Answer.Problem(400, null, "x", new Dictionary<string, string[]> { ["shippingAddress.city"] = ["is missing"], ["shippingAddress.line1"] = ["is missing"] }));
        var answer = await browser.SubmitAsync(page, "/checkout", Address);

        Assert.Equal(["#f-city", "#f-line1"], answer.Document.QuerySelectorAll("[role=alert] a").Select(link => link.GetAttribute("href")));
        Assert.NotNull(answer.Document.QuerySelector("#f-city[aria-invalid=true]"));
    }

    [Fact]
    public async Task A_coupon_shows_its_discount_or_why_not()
    {
        var (browser, _) = await AtCheckoutAsync();
        shop.Gateway.On("GET /api/v1/coupons", new { items = new[] { Coupon("big", 20_000), Coupon("small", 1_000_000) } });
        shop.Gateway.On("POST /api/v1/coupons/*/quote", call => call.Path.Contains("big", StringComparison.Ordinal)
            ? Answer.Json(200, new { subtotal = Won(259_800), discount = Won(10_000), total = Won(249_800) })
            : Answer.Problem(422, "coupon_not_usable", "The order is below the coupon's minimum."));

        var page = await browser.GetAsync("/checkout?coupon=big");
        Assert.Contains("249,800원 결제하기", page.Text, StringComparison.Ordinal);
        var preview = await browser.SubmitAsync(page, "/checkout", ("coupon", "small"), ("action", "quote"), ("line1", "세종대로"), ("recipient", "a"));
        Assert.Contains("1,000,000원 이상 살 때 쓸 수 있습니다. 740,200원 더", preview.Text, StringComparison.Ordinal);
        Assert.Equal(("세종대로", Key(page)), (preview.Document.QuerySelector("input[name=line1]")!.GetAttribute("value"), Key(preview)));
    }

    [Fact]
    public async Task A_members_basket_of_the_api_is_ordered_from_there()
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/basket", new
        {
            items = new[] { new { productId = StandInGateway.Keyboard, name = "K", imageUrl = "/i", quantity = 1, unitPrice = Won(100), lineTotal = Won(100), stock = (object?)null, discontinued = false } },
            subtotal = Won(100), unavailable = Array.Empty<string>(),
        });
        shop.Gateway.On("POST /api/v1/orders", _ => Answer.Json(202, new { orderId = Guid.CreateVersion7(), status = "pending" }));
        var browser = shop.Browser();
        await browser.SignInAsync();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync(await browser.GetAsync("/checkout"), "/checkout", Address)).Status);

        var order = Assert.Single(shop.Gateway.Calls, call => call is { Method: "POST", Path: "/api/v1/orders" }).Json;
        Assert.True(order.GetProperty("fromBasket").GetBoolean());
        Assert.False(order.TryGetProperty("items", out _));
    }

    private async Task<(Browser Browser, Shown Page)> AtCheckoutAsync()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"));
        return (browser, await browser.GetAsync("/checkout"));
    }

    private static string Key(Shown page) => page.Document.QuerySelector("form input[name=key]")!.GetAttribute("value")!;

    private static object Won(long amount) => new { amount, currency = "KRW" };

    private static object Coupon(string id, long minimum) =>
        new { id, name = id, kind = "percentage", percent = 10, amount = (object?)null, minimum = Won(minimum), maximumDiscount = Won(10_000), expiresAt = "2027-01-01T00:00:00Z", status = "usable" };
}
