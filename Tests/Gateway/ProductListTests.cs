using Shop.Catalog.V1;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class ProductListTests
{
    private readonly RunningGateway _gateway;

    public ProductListTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    private Calls Catalog => _gateway.Services.Catalog.Calls;

    [Fact]
    public async Task A_page_has_items_and_the_next_token()
    {
        var answer = await _gateway.GetAsync("/api/v1/products?query=%ED%82%A4%EB%B3%B4%EB%93%9C&category=keyboards&sort=-price&pageSize=7");

        var asked = Catalog.Last<ListProductsRequest>();
        Assert.Equal(("키보드", "keyboards", ProductSort.PriceDescending, 7), (asked.Query, asked.CategoryId, asked.Sort, asked.PageSize));
        Assert.Equal("next", answer.Json["nextPageToken"]!.GetValue<string>());
        Assert.Equal(40, answer.Json["items"]![0]!["stock"]!["available"]!.GetValue<long>());
        Assert.Null(answer.Json["items"]![0]!["unavailable"]);
    }

    [Fact]
    public async Task The_last_page_has_no_next_token()
    {
        Catalog.Answer<ListProductsRequest>(_ => new ListProductsResponse());

        var answer = await _gateway.GetAsync("/api/v1/products");

        answer.IsJson("""{ "items": [], "nextPageToken": null }""");
    }

    [Fact]
    public async Task Categories_are_a_list()
    {
        var answer = await _gateway.GetAsync("/api/v1/categories");

        answer.IsJson("""{ "items": [ { "id": "keyboards", "name": "키보드", "productCount": 20 } ], "nextPageToken": null }""");
    }

    [Theory]
    [InlineData("pageSize=0&sort=cheap", "pageSize sort")]
    [InlineData("pageSize=-1", "pageSize")]
    [InlineData("pageSize=ten", "pageSize")]
    [InlineData("pageSize=%2B5", "pageSize")]
    [InlineData("pageSize=99999999999", "pageSize")]
    [InlineData("pageSize=", "pageSize")]
    [InlineData("pageSize=1&pageSize=2", "pageSize")]
    public async Task Bad_parameters_are_all_named(string query, string fields)
    {
        var answer = await _gateway.GetAsync($"/api/v1/products?{query}");

        answer.IsProblem(400);
        Assert.Equal(fields.Split(' '), answer.ErrorFields);
    }

    [Fact]
    public async Task The_parameters_that_Catalog_refuses_are_named_with_the_others()
    {
        Catalog.Refuse("query", "category", "language", "pageToken");

        var answer = await _gateway.GetAsync("/api/v1/products?query=%00&category=a%0Ab&pageSize=ten&pageToken=x");

        answer.IsProblem(400);
        Assert.Equal(["Accept-Language", "category", "pageSize", "pageToken", "query"], answer.ErrorFields);
        var asked = Catalog.Last<ListProductsRequest>();
        Assert.Equal(("\0", "a\nb", "x"), (asked.Query, asked.CategoryId, asked.PageToken));
    }

    [Theory]
    [InlineData(null, Language.Ko, "ko")]
    [InlineData("en", Language.En, "en")]
    [InlineData("en-GB,en;q=0.8,ko;q=0.2", Language.En, "en")]
    [InlineData("ko;q=0.5, en;q=0.9", Language.En, "en")]
    [InlineData("fr, de;q=0.7, en;q=0.1", Language.En, "en")]
    [InlineData("en;q=0", Language.Ko, "ko")]
    [InlineData("fr", Language.Ko, "ko")]
    [InlineData("*", Language.Ko, "ko")]
    [InlineData("ko-KR", Language.Ko, "ko")]
    [InlineData(";;;q=x", Language.Ko, "ko")]
    public async Task The_language_is_what_the_browser_prefers(string? header, Language language, string said)
    {
        (string, string)[] headers = header is null ? [] : [("Accept-Language", header)];

        var answer = await _gateway.GetAsync("/api/v1/products", null, headers);

        Assert.Equal(language, Catalog.Last<ListProductsRequest>().Language);
        Assert.Equal(said, Assert.Single(answer.ContentHeaders.ContentLanguage));
        Assert.Contains("Accept-Language", answer.Headers.Vary);
    }

    [Fact]
    public async Task With_a_page_token_the_language_may_be_left_out()
    {
        await _gateway.GetAsync("/api/v1/products?pageToken=abc");
        Assert.Equal(Language.Unspecified, Catalog.Last<ListProductsRequest>().Language);

        await _gateway.GetAsync("/api/v1/products?pageToken=abc", null, ("Accept-Language", "en"));
        Assert.Equal(Language.En, Catalog.Last<ListProductsRequest>().Language);
    }
}
