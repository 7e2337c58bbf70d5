using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Security;

/// <summary>Texts of strangers, in every field that the API has, are shown as text.</summary>
public sealed class StoredScriptTests(RunningStorefront shop)
{
    private const string Script = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'>{{7*7}}";

    public static TheoryData<string> Pages() =>
    [
        "/", "/categories/keyboards", "/search?query=" + "%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%20onfocus%3D%22x", $"/products/{StandInGateway.Keyboard}", $"/products/{StandInGateway.Keyboard}/reviews", "/basket",
        "/checkout", "/orders", $"/orders/{StandInGateway.Mouse}", "/coupons", "/messages", "/profile", "/counts", "/sign-in?return=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_stored_script_is_text(string path)
    {
        Poison();
        var browser = shop.Browser();
        await browser.SignInAsync();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"));

        var page = await browser.GetAsync(path);
        Assert.True((int)page.Status < 400, $"{path}: {page.Status} {page.Text}");
        Assert.DoesNotContain(page.Document.Scripts, script => script.Text.Contains("alert", StringComparison.Ordinal) && script.Type != "application/ld+json");
        Assert.DoesNotContain(page.Document.QuerySelectorAll("img"), image => image.GetAttribute("src") == "x");
        Assert.DoesNotContain(page.Document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        // It is there: the test has seen what it is about.
        if (path != "/counts")
            Assert.Contains("alert", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Structured_data_holds_the_text_and_ends_where_it_should()
    {
        Poison();
        var page = await shop.Browser().GetAsync($"/products/{StandInGateway.Keyboard}");

        var data = Assert.Single(page.Document.Scripts, script => script.Type == "application/ld+json");
        using var json = System.Text.Json.JsonDocument.Parse(data.Text);
        Assert.Equal(Script, json.RootElement.GetProperty("name").GetString());
    }

    private void Poison()
    {
        shop.Gateway.Reset();
        var gateway = shop.Gateway;
        gateway.Members.Name = Script;
        var product = StandInGateway.Product(StandInGateway.Keyboard, Script, description: Script);
        gateway.On("GET /api/v1/products/*", product);
        gateway.On("GET /api/v1/products", new { items = new[] { product }, nextPageToken = (string?)null });
        gateway.On("GET /api/v1/categories", new { items = new[] { new { id = "keyboards", name = Script, productCount = 1 } } });
        gateway.On("GET /api/v1/products/*/reviews", new { items = new[] { new { id = "1", stars = 5, text = Script, author = Script, createdAt = "2026-11-20T10:00:00Z" } } });
        var order = StandInGateway.Order(StandInGateway.Mouse, "rejected", Script);
        order["lines"]![0]!["name"] = Script;
        order["timeline"]![0]!["what"] = Script;
        order["shipment"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "id": "1", "status": "created", "trackingNumber": "", "dispatchedAt": null, "deliveredAt": null }""");
        order["shipment"]!["trackingNumber"] = Script;
        gateway.On("GET /api/v1/orders/*", order);
        gateway.On("GET /api/v1/orders", new { items = new[] { order.DeepClone() } });
        gateway.On("GET /api/v1/coupons", new
        {
            items = new[] { new { id = "c", name = Script, kind = "percentage", percent = 10, amount = (object?)null, minimum = (object?)null, maximumDiscount = (object?)null, expiresAt = "2027-01-01T00:00:00Z", status = "usable" } },
        });
        gateway.On("GET /api/v1/notifications", new
        {
            unread = 1, items = new[] { new { id = StandInGateway.Mouse, kind = "welcome", title = Script, body = Script, orderId = (string?)null, createdAt = "2026-11-20T10:00:00Z", readAt = (string?)null } },
        });
        gateway.On("GET /api/v1/me", new { memberId = StandInMembers.Id, email = Script, name = Script, language = "ko" });
    }
}
