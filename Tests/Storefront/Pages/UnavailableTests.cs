using System.Net;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Pages;

/// <summary>Parts of the shop that do not answer, or do not exist: the page says so, and the rest works.</summary>
public sealed class UnavailableTests(RunningStorefront shop)
{
    [Fact]
    public async Task A_product_without_reviews_and_stock_is_still_a_page()
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/products/*", new
        {
            id = StandInGateway.Keyboard, name = "Keyboard", description = "x", category = new { id = "keyboards", name = "Keyboards" }, price = new { amount = 1000, currency = "KRW" }, imageUrl = "/images/products/x.svg",
            stock = (object?)null, rating = (object?)null, unavailable = new[] { "stock", "reviews" },
        });
        var page = await shop.Browser("en").GetAsync($"/products/{StandInGateway.Keyboard}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Reviews are not available at the moment", page.Text, StringComparison.Ordinal);
        Assert.Contains("Stock is not known at the moment", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("form[action='/en/basket/items']"));
    }

    [Theory]
    [InlineData(403, "not_received", "You can review what you have received")]
    [InlineData(400, null, "A review has 1 to 2,000 characters")]
    [InlineData(503, null, "Reviews are not available at the moment")]
    public async Task After_a_refused_review_unavailable_reviews_are_not_called_none_and_what_was_typed_stays(int status, string? reason, string why)
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/products/*/reviews", new { items = Array.Empty<object>(), nextPageToken = (string?)null });
        var browser = shop.Browser("en");
        await browser.SignInAsync();
        var path = $"/products/{StandInGateway.Keyboard}";
        var shown = await browser.GetAsync(path);
        Assert.Contains("There are no reviews yet", shown.Text, StringComparison.Ordinal);

        shop.Gateway.On("GET /api/v1/products/*/reviews", _ => Answer.Problem(503, "timed_out", "No."));
        shop.Gateway.On("POST /api/v1/products/*/reviews", shop.Gateway.Members.Authorised(_ => Answer.Problem(status, reason, "No.", status == 400 ? new Dictionary<string, string[]> { ["text"] = ["is empty"] } : null)));
        var refused = await browser.SubmitAsync(shown, $"{path}/reviews", ("stars", "4"), ("text", "Quiet."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Reviews are not available at the moment", refused.Document.QuerySelector("#reviews > .notice")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("There are no reviews yet", refused.Text, StringComparison.Ordinal);
        Assert.Contains(why, refused.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("Quiet.", "4"), (refused.Document.QuerySelector("#f-text")!.TextContent, refused.Document.QuerySelector("input[name=stars][checked]")!.GetAttribute("value")));
    }

    [Fact]
    public async Task Messages_say_that_they_are_unavailable()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        var page = await browser.GetAsync("/messages");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("알림은 지금 이용할 수 없습니다", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, HttpStatusCode.NotFound, "찾을 수 없습니다")]
    [InlineData(413, HttpStatusCode.RequestEntityTooLarge, "내용이 너무 깁니다")]
    [InlineData(414, HttpStatusCode.BadRequest, "잘못된 주소입니다")]
    [InlineData(429, HttpStatusCode.TooManyRequests, "요청이 너무 많습니다")]
    [InlineData(500, HttpStatusCode.InternalServerError, "문제가 생겼습니다")]
    [InlineData(503, HttpStatusCode.ServiceUnavailable, "잠시 이용할 수 없습니다")]
    [InlineData(0, HttpStatusCode.ServiceUnavailable, "잠시 이용할 수 없습니다")]
    public async Task An_error_is_a_page_with_a_way_on(int status, HttpStatusCode shown, string title)
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/products/*", _ => status == 0 ? Answer.None : Answer.Problem(status, null, "x", retryAfter: status == 429 ? 17 : null));
        var page = await shop.Browser().GetAsync($"/products/{StandInGateway.Keyboard}");

        Assert.Equal(shown, page.Status);
        Assert.Equal(title, page.Document.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.Document.QuerySelector("main a[href='/ko']"));
        Assert.Equal(status == 429 ? "17" : page.Header("Retry-After"), page.Header("Retry-After"));
        if (status >= 500)
            Assert.Matches("[0-9a-f]{32}", page.Document.QuerySelector("code")!.TextContent);
    }

    [Fact]
    public async Task A_product_that_does_not_exist_is_a_404()
    {
        shop.Gateway.Reset();
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Browser().GetAsync($"/products/{Guid.CreateVersion7()}")).Status);
        shop.Gateway.On("GET /api/v1/products", new { items = Array.Empty<object>() });
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Browser().GetAsync("/categories/nothing")).Status);
    }

    [Fact]
    public async Task A_refused_sign_in_says_why_and_when()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        var wrong = await browser.PostAsync("/sign-in", ("email", StandInMembers.Email), ("password", "wrong-wrong-1"));
        Assert.Contains("The e-mail address or the password is wrong", wrong.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-wrong-1", wrong.Html, StringComparison.Ordinal);

        shop.Gateway.On("POST /api/v1/sessions", _ => Answer.Problem(429, null, "x", retryAfter: 30));
        var waiting = await browser.PostAsync("/sign-in", ("email", StandInMembers.Email), ("password", "wrong-wrong-1"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "30"), (waiting.Status, waiting.Header("Retry-After")));
        Assert.Contains("in 30 seconds", waiting.Text, StringComparison.Ordinal);
    }
}
