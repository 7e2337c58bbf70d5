using System.Diagnostics;
using Grpc.Core;
using Shop.Catalog.V1;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Inventory.V1;
using Shop.Reviews.V1;

namespace Shop.Gateway.Tests;

public sealed class ProductPageTests
{
    private const string Id = "0198c0de-0000-7000-8000-000000000001";
    private const string Path = $"/api/v1/products/{Id}";
    private readonly RunningGateway _gateway;

    public ProductPageTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    [Fact]
    public async Task A_product_is_composed_of_catalog_inventory_and_reviews()
    {
        var answer = await _gateway.GetAsync(Path);

        answer.IsJson($$"""
            { "id": "{{Id}}", "name": "무선 기계식 키보드", "description": "조용하다.", "category": { "id": "keyboards", "name": "키보드" },
              "price": { "amount": 129900, "currency": "KRW" }, "imageUrl": "/images/products/1.svg",
              "stock": { "state": "in_stock", "available": 37 }, "rating": { "average": 4.6, "count": 12 },
              "reviews": [ { "id": "{{FakeReviews.ReviewId}}", "stars": 5, "text": "<b>조용하다</b>", "author": "김**", "createdAt": "2026-03-01T09:00:00Z" } ], "unavailable": [] }
            """);
        Assert.Equal((Id, 5), (_gateway.Services.Reviews.Calls.Last<ListReviewsRequest>().ProductId, _gateway.Services.Reviews.Calls.Last<ListReviewsRequest>().PageSize));
    }

    [Theory]
    [InlineData(0, "sold_out")]
    [InlineData(1, "low")]
    [InlineData(5, "low")]
    [InlineData(6, "in_stock")]
    public async Task The_state_of_the_stock_follows_from_what_is_available(long available, string state)
    {
        _gateway.Services.Inventory.Calls.Answer<GetStockRequest>(_ => new GetStockResponse { Stock = { new Stock { ProductId = Id, Available = available } } });

        var answer = await _gateway.GetAsync(Path);

        Assert.Equal(state, answer.Json["stock"]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_dead_inventory_leaves_catalogs_view_of_the_stock()
    {
        _gateway.Services.Inventory.Calls.Fail(StatusCode.Unavailable);

        var answer = await _gateway.GetAsync(Path);

        Assert.Equal(40, answer.Json["stock"]!["available"]!.GetValue<long>());
        Assert.Empty(answer.Json["unavailable"]!.AsArray());
    }

    [Fact]
    public async Task A_dead_inventory_and_a_catalog_that_knows_nothing_leave_the_stock_out()
    {
        _gateway.Services.Inventory.Calls.Fail(StatusCode.Unavailable);
        _gateway.Services.Catalog.Calls.Answer<GetProductRequest>(_ =>
        {
            var product = FakeCatalog.Product(Id);
            product.Stock = new();
            return new GetProductResponse { Product = product };
        });

        var answer = await _gateway.GetAsync(Path);

        Assert.Null(answer.Json["stock"]);
        Assert.Equal(["stock"], answer.Json["unavailable"]!.AsArray().Select(part => part!.GetValue<string>()));
    }

    [Fact]
    public async Task A_hanging_inventory_is_not_waited_for()
    {
        _gateway.Services.Inventory.Calls.Hang();
        var time = Stopwatch.StartNew();

        var answer = await _gateway.GetAsync(Path);

        Assert.Equal(40, answer.Json["stock"]!["available"]!.GetValue<long>());
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_reviews_the_page_is_shown_without_them_and_says_so(bool hangs)
    {
        if (hangs)
            _gateway.Services.Reviews.Calls.Hang();
        else
            _gateway.Services.Reviews.Calls.Fail(StatusCode.Unavailable);
        var time = Stopwatch.StartNew();

        var answer = await _gateway.GetAsync(Path);

        Assert.True(answer.Json.AsObject().TryGetPropertyValue("reviews", out var reviews) && reviews is null, answer.Text);
        Assert.Equal(["reviews"], answer.Json["unavailable"]!.AsArray().Select(part => part!.GetValue<string>()));
        Assert.Equal(37, answer.Json["stock"]!["available"]!.GetValue<long>());
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_product_without_ratings_has_no_average()
    {
        _gateway.Services.Catalog.Calls.Answer<GetProductRequest>(_ =>
        {
            var product = FakeCatalog.Product(Id);
            product.Rating = new() { Count = 0 };
            return new GetProductResponse { Product = product };
        });

        var answer = await _gateway.GetAsync(Path);

        Assert.Equal("""{"average":null,"count":0}""", answer.Json["rating"]!.ToJsonString());
    }

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("%01")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("{0198c0de-0000-7000-8000-000000000001}")]
    [InlineData("0198c0de-0000-7000-8000-00000000000")]
    [InlineData("0198c0de-0000-7000-8000-000000000001%20")]
    public async Task What_is_no_id_is_not_found(string id)
    {
        var answer = await _gateway.GetAsync($"/api/v1/products/{id}");

        answer.IsProblem(404);
    }

    [Fact]
    public async Task An_unknown_product_is_not_found()
    {
        _gateway.Services.Catalog.Calls.Fail(StatusCode.NotFound, "No such product.");

        var answer = await _gateway.GetAsync(Path);

        answer.IsProblem(404);
    }

    [Fact]
    public async Task Without_catalog_there_is_a_503_that_tells_nothing_of_the_inside()
    {
        _gateway.Services.Catalog.Calls.Fail(StatusCode.Unavailable, "10.0.0.7:5000 refused");

        var answer = await _gateway.GetAsync("/api/v1/categories");

        answer.IsProblem(503);
        Assert.DoesNotContain("10.0.0.7", answer.Text, StringComparison.Ordinal);
    }
}
