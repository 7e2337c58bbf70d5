using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;

namespace Shop.Gateway.Tests;

public sealed class OrderPageTests
{
    private const string Path = $"/api/v1/orders/{FakeOrdering.OrderId}";
    private readonly RunningGateway _gateway;
    private readonly string _member;

    public OrderPageTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private FakeServices Services => _gateway.Services;

    [Fact]
    public async Task An_order_is_composed_of_ordering_payments_and_shipping()
    {
        var answer = await _gateway.GetAsync(Path, _member);

        answer.IsJson($$"""
            { "orderId": "{{FakeOrdering.OrderId}}", "status": "confirmed", "reason": null, "placedAt": "2026-03-01T09:00:00Z",
              "lines": [ { "productId": "0198c0de-0000-7000-8000-000000000001", "name": "키보드", "quantity": 2,
                           "unitPrice": { "amount": 100, "currency": "KRW" }, "lineTotal": { "amount": 200, "currency": "KRW" } } ],
              "subtotal": { "amount": 200, "currency": "KRW" }, "discount": { "amount": 0, "currency": "KRW" }, "total": { "amount": 200, "currency": "KRW" },
              "payment": { "status": "captured", "amount": { "amount": 200, "currency": "KRW" }, "attempts": 1, "refunded": { "amount": 50, "currency": "KRW" } },
              "shipment": { "id": "{{FakeShipping.ShipmentId}}", "status": "dispatched", "trackingNumber": "4T2K9M0QXW7B5ZRC", "dispatchedAt": "2026-03-01T09:00:00Z", "deliveredAt": null },
              "timeline": [ { "at": "2026-03-01T09:00:00Z", "what": "placed" } ], "unavailable": [] }
            """);
        Assert.Equal(_member, Services.Ordering.Calls.LastToken);
        Assert.Equal(_member, Services.Payments.Calls.LastToken);
        Assert.Equal(_member, Services.Shipping.Calls.LastToken);
    }

    [Theory]
    [InlineData(null, "키보드", "ko")]
    [InlineData("ko", "키보드", "ko")]
    [InlineData("en-US,ko;q=0.5", "Keyboard", "en")]
    public async Task What_was_ordered_is_called_in_the_language_that_is_asked_for(string? asked, string name, string language)
    {
        foreach (var path in new[] { Path, "/api/v1/orders" })
        {
            var answer = await _gateway.GetAsync(path, _member, asked is null ? [] : [("Accept-Language", asked)]);

            var order = answer.Json["items"]?[0] ?? answer.Json;
            Assert.Equal(name, order["lines"]![0]!["name"]!.GetValue<string>());
            Assert.Contains("Accept-Language", answer.Headers.Vary);
            Assert.Equal([language], answer.ContentHeaders.ContentLanguage);
        }
    }

    [Fact]
    public async Task An_order_from_before_both_names_were_kept_has_the_one_that_it_has()
    {
        Services.Ordering.Calls.Answer<GetOrderRequest>(request =>
        {
            var order = FakeOrdering.Order(request.OrderId);
            order.Lines[0].Names = null;
            return new GetOrderResponse { Order = order };
        });

        Assert.Equal("키보드", (await _gateway.GetAsync(Path, _member, ("Accept-Language", "en"))).Json["lines"]![0]!["name"]!.GetValue<string>());
    }

    /// <summary>A coupon may leave nothing to pay: then there is no payment, and nothing is missing when Payments is unavailable.</summary>
    [Fact]
    public async Task An_order_whose_total_is_nothing_has_no_payment_and_is_complete_without_payments()
    {
        Services.Ordering.Calls.Answer<GetOrderRequest>(request =>
        {
            var order = FakeOrdering.Order(request.OrderId);
            (order.Discount, order.Total) = (order.Subtotal.Clone(), new() { Amount = 0, Currency = "KRW" });
            return new GetOrderResponse { Order = order };
        });
        Services.Payments.Calls.Fail(StatusCode.Unavailable);

        var answer = await _gateway.GetAsync(Path, _member);

        Assert.Equal((200, 200, 0), (Amount("subtotal"), Amount("discount"), Amount("total")));
        Assert.Null(answer.Json["payment"]);
        Assert.Empty(answer.Json["unavailable"]!.AsArray());

        long Amount(string part) => answer.Json[part]!["amount"]!.GetValue<long>();
    }

    [Fact]
    public async Task An_order_that_has_no_payment_yet_is_complete()
    {
        Services.Payments.Calls.Answer<GetPaymentsRequest>(_ => new GetPaymentsResponse());

        var answer = await _gateway.GetAsync(Path, _member);

        Assert.Null(answer.Json["payment"]);
        Assert.Empty(answer.Json["unavailable"]!.AsArray());
    }

    [Fact]
    public async Task Without_payments_an_order_is_shown_and_says_what_is_missing()
    {
        Services.Payments.Calls.Fail(StatusCode.Unavailable);

        var one = await _gateway.GetAsync(Path, _member);
        var list = await _gateway.GetAsync("/api/v1/orders", _member);

        Assert.Null(one.Json["payment"]);
        Assert.Equal("""["payment"]""", one.Json["unavailable"]!.ToJsonString());
        Assert.Equal("""["payment"]""", list.Json["items"]![0]!["unavailable"]!.ToJsonString());
    }

    [Fact]
    public async Task An_order_that_has_no_shipment_yet_is_complete()
    {
        Services.Shipping.Calls.Answer<GetShipmentsRequest>(_ => new GetShipmentsResponse());

        var answer = await _gateway.GetAsync(Path, _member);

        Assert.Null(answer.Json["shipment"]);
        Assert.Empty(answer.Json["unavailable"]!.AsArray());
    }

    [Fact]
    public async Task Without_shipping_an_order_is_shown_and_says_what_is_missing()
    {
        Services.Shipping.Calls.Fail(StatusCode.Unavailable);

        var one = await _gateway.GetAsync(Path, _member);
        var list = await _gateway.GetAsync("/api/v1/orders", _member);

        Assert.Null(one.Json["shipment"]);
        Assert.Equal("captured", one.Json["payment"]!["status"]!.GetValue<string>());
        Assert.Equal("""["shipment"]""", one.Json["unavailable"]!.ToJsonString());
        Assert.Equal("""["shipment"]""", list.Json["items"]![0]!["unavailable"]!.ToJsonString());
    }

    [Fact]
    public async Task A_shipping_that_does_not_answer_keeps_an_order_waiting_for_a_second_only()
    {
        Services.Shipping.Calls.Hang();
        Services.Payments.Calls.Fail(StatusCode.Unavailable);

        var answer = await _gateway.GetAsync(Path, _member).WaitAsync(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);

        Assert.Equal("""["payment","shipment"]""", answer.Json["unavailable"]!.ToJsonString());
    }

    [Fact]
    public async Task A_list_of_orders_asks_for_all_shipments_at_once()
    {
        Services.Ordering.Calls.Answer<ListOrdersRequest>(_ => new ListOrdersResponse { Orders = { FakeOrdering.Order("0198c0de-0000-7000-8000-0000000000b1"), FakeOrdering.Order("0198c0de-0000-7000-8000-0000000000b2") } });
        // In another order than they were asked for, and not all.
        Services.Shipping.Calls.Answer<GetShipmentsRequest>(asked => new GetShipmentsResponse { Shipments = { FakeShipping.Shipment(asked.OrderIds[1]) } });

        var items = (await _gateway.GetAsync("/api/v1/orders", _member)).Json["items"]!;

        Assert.Null(items[0]!["shipment"]);
        Assert.Equal("dispatched", items[1]!["shipment"]!["status"]!.GetValue<string>());
        Assert.Equal(1, Services.Shipping.Calls.Count<GetShipmentsRequest>());
    }

    [Fact]
    public async Task A_list_of_orders_asks_for_all_payments_at_once()
    {
        var answer = await _gateway.GetAsync("/api/v1/orders?pageSize=5", _member);

        Assert.Equal("captured", answer.Json["items"]![0]!["payment"]!["status"]!.GetValue<string>());
        Assert.Equal(5, Services.Ordering.Calls.Last<ListOrdersRequest>().PageSize);
        Assert.Equal(1, Services.Payments.Calls.Count<GetPaymentsRequest>());
    }

    [Fact]
    public async Task Without_orders_neither_payments_nor_shipping_is_asked()
    {
        Services.Ordering.Calls.Answer<ListOrdersRequest>(_ => new ListOrdersResponse());

        var answer = await _gateway.GetAsync("/api/v1/orders", _member);

        answer.IsJson("""{ "items": [], "nextPageToken": null }""");
        Assert.Equal(0, Services.Payments.Calls.Count<GetPaymentsRequest>());
        Assert.Equal(0, Services.Shipping.Calls.Count<GetShipmentsRequest>());
    }

    [Fact]
    public async Task A_rejected_order_says_why()
    {
        Services.Ordering.Calls.Answer<GetOrderRequest>(asked =>
        {
            var order = FakeOrdering.Order(asked.OrderId);
            (order.Status, order.Reason) = ("rejected", "payment_declined");
            return new GetOrderResponse { Order = order };
        });

        var answer = await _gateway.GetAsync(Path, _member);

        Assert.Equal("payment_declined", answer.Json["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Somebody_elses_order_is_not_found()
    {
        Services.Ordering.Calls.Fail(StatusCode.NotFound);
        Services.Payments.Calls.Fail(StatusCode.NotFound);

        var answer = await _gateway.GetAsync(Path, _member);

        answer.IsProblem(404);
    }
}
