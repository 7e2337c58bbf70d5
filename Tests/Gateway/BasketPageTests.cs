using Grpc.Core;
using Shop.Basket.V1;
using Shop.Catalog.V1;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Inventory.V1;

namespace Shop.Gateway.Tests;

public sealed class BasketPageTests
{
    private const string Path = "/api/v1/basket";
    private readonly RunningGateway _gateway;
    private readonly string _member;

    public BasketPageTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private FakeServices Services => _gateway.Services;

    [Fact]
    public async Task A_basket_has_the_prices_and_the_stock_of_this_moment()
    {
        Services.Catalog.Calls.Answer<GetProductsRequest>(asked => new GetProductsResponse { Products = { asked.ProductIds.Select((id, i) => Product(id, 1_000 * (i + 1))) } });
        Services.Inventory.Calls.Answer<GetStockRequest>(asked => new GetStockResponse { Stock = { new Stock { ProductId = FakeBasket.First, Available = 37 }, new Stock { ProductId = FakeBasket.Second } } });

        var answer = await _gateway.GetAsync(Path, _member, ("Accept-Language", "en"));

        answer.IsJson($$"""
            { "items": [
                { "productId": "{{FakeBasket.First}}", "name": "무선 기계식 키보드", "imageUrl": "/images/products/1.svg", "quantity": 2, "unitPrice": { "amount": 1000, "currency": "KRW" },
                  "lineTotal": { "amount": 2000, "currency": "KRW" }, "stock": { "state": "in_stock", "available": 37 }, "discontinued": false },
                { "productId": "{{FakeBasket.Second}}", "name": "무선 기계식 키보드", "imageUrl": "/images/products/1.svg", "quantity": 1, "unitPrice": { "amount": 2000, "currency": "KRW" },
                  "lineTotal": { "amount": 2000, "currency": "KRW" }, "stock": { "state": "sold_out", "available": 0 }, "discontinued": false } ],
              "subtotal": { "amount": 4000, "currency": "KRW" }, "unavailable": [] }
            """);
        Assert.Equal((Language.En, _member), (Services.Catalog.Calls.Last<GetProductsRequest>().Language, Services.Basket.Calls.LastToken));
        Assert.Equal([FakeBasket.First, FakeBasket.Second], Services.Inventory.Calls.Last<GetStockRequest>().ProductIds);
    }

    [Fact]
    public async Task A_discontinued_product_stays_and_does_not_count()
    {
        Services.Catalog.Calls.Answer<GetProductsRequest>(asked =>
            new GetProductsResponse { Products = { asked.ProductIds.Select(id => Product(id, 1_000, isDiscontinued: id == FakeBasket.First)) } });

        var answer = await _gateway.GetAsync(Path, _member);

        Assert.Equal([true, false], answer.Json["items"]!.AsArray().Select(item => item!["discontinued"]!.GetValue<bool>()));
        Assert.Equal(1_000, answer.Json["subtotal"]!["amount"]!.GetValue<long>());
        Assert.Empty(answer.Json["unavailable"]!.AsArray());
    }

    [Fact]
    public async Task Without_catalog_there_are_no_names_and_prices_and_without_inventory_there_is_catalogs_stock()
    {
        Services.Catalog.Calls.Fail(StatusCode.Unavailable);
        var answer = await _gateway.GetAsync(Path, _member);

        var first = answer.Json["items"]![0]!;
        foreach (var part in new[] { "name", "imageUrl", "unitPrice", "lineTotal", "discontinued" })
            Assert.Null(first[part]);
        Assert.Equal((2, 37), (first["quantity"]!.GetValue<int>(), first["stock"]!["available"]!.GetValue<long>()));
        Assert.Null(answer.Json["subtotal"]);
        Assert.Equal(["products"], Unavailable(answer));

        Services.Inventory.Calls.Hang();
        answer = await _gateway.GetAsync(Path, _member);
        Assert.Null(answer.Json["items"]![0]!["stock"]);
        Assert.Equal(["products", "stock"], Unavailable(answer));

        Services.Catalog.Calls.Reset();
        answer = await _gateway.GetAsync(Path, _member);
        Assert.Equal(40, answer.Json["items"]![0]!["stock"]!["available"]!.GetValue<long>());
        Assert.Empty(Unavailable(answer));
    }

    [Fact]
    public async Task An_empty_basket_asks_nobody_for_anything()
    {
        Services.Basket.Calls.Answer<GetBasketRequest>(_ => new GetBasketResponse { Basket = new() });

        var answer = await _gateway.GetAsync(Path, _member);

        answer.IsJson("""{ "items": [], "subtotal": { "amount": 0, "currency": "KRW" }, "unavailable": [] }""");
        Assert.Equal((0, 0), (Services.Catalog.Calls.Count<GetProductsRequest>(), Services.Inventory.Calls.Count<GetStockRequest>()));
    }

    [Fact]
    public async Task Changes_go_to_the_basket_and_are_answered_with_it()
    {
        var put = await _gateway.SendAsync(HttpMethod.Put, $"{Path}/items/{FakeBasket.First}", """{ "quantity": 4294967297 }""", _member);
        Assert.Equal((FakeBasket.First, int.MaxValue), (Services.Basket.Calls.Last<PutItemRequest>().ProductId, Services.Basket.Calls.Last<PutItemRequest>().Quantity));
        Assert.Equal(2, put.Json["items"]!.AsArray().Count);

        var removed = await _gateway.SendAsync(HttpMethod.Delete, $"{Path}/items/{FakeBasket.First}", content: null, _member);
        Assert.Equal(FakeBasket.First, Services.Basket.Calls.Last<RemoveItemRequest>().ProductId);
        Assert.Empty(removed.Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_quantity_that_is_none_is_a_bad_field()
    {
        foreach (var body in new[] { "{}", """{ "quantity": "2" }""", """{ "quantity": 1.5 }""" })
        {
            var answer = await _gateway.SendAsync(HttpMethod.Put, $"{Path}/items/{FakeBasket.First}", body, _member);
            answer.IsProblem(400);
            Assert.Equal(["quantity"], answer.ErrorFields);
        }
        Assert.Equal(0, Services.Basket.Calls.Count<PutItemRequest>());
    }

    private static Product Product(string id, long price, bool isDiscontinued = false)
    {
        var product = FakeCatalog.Product(id);
        product.Price.Amount = price;
        product.Discontinued = isDiscontinued;
        return product;
    }

    private static IEnumerable<string> Unavailable(Answer answer) => answer.Json["unavailable"]!.AsArray().Select(part => part!.GetValue<string>());
}
