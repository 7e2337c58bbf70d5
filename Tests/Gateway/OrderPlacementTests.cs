using System.Net;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Ordering.V1;

namespace Shop.Gateway.Tests;

public sealed class OrderPlacementTests
{
    private const string One = "0198c0de-0000-7000-8000-000000000001";
    private const string Two = "0198c0de-0000-7000-8000-000000000002";
    private const string Address = """{ "recipient": "김하나", "line1": "세종대로 110", "city": "서울", "postalCode": "04524", "country": "KR" }""";
    private readonly RunningGateway _gateway;
    private readonly string _member;

    public OrderPlacementTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private Calls Ordering => _gateway.Services.Ordering.Calls;

    [Fact]
    public async Task An_order_is_accepted()
    {
        var answer = await PlaceAsync(Items((One, 2), (Two, 1)));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        answer.IsJson($$"""{ "orderId": "{{FakeOrdering.OrderId}}", "status": "pending" }""");
        Assert.Equal($"/api/v1/orders/{FakeOrdering.OrderId}", answer.Headers.Location?.ToString());

        var asked = Ordering.Last<PlaceOrderRequest>();
        Assert.Equal("key-1", asked.IdempotencyKey);
        Assert.Equal([(One, 2), (Two, 1)], asked.Lines.Select(line => (line.ProductId, line.Quantity)));
        Assert.Equal(("김하나", "", "KR"), (asked.ShippingAddress.Recipient, asked.ShippingAddress.Line2, asked.ShippingAddress.Country));
        Assert.Equal(_member, Ordering.LastToken);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_reported_at_once()
    {
        // What Ordering says to this request, in which all that has a wrong type is empty (Tests/Ordering/Orders/OrderRequestTests.cs).
        Ordering.Refuse(
            "idempotencyKey", "couponId", "items[0].productId", "items[0].quantity", "items[1].productId", "items[1].quantity", "items[2].productId", "items[2].quantity", "items[3].productId",
            "items[3].quantity", "paymentToken", "shippingAddress.city", "shippingAddress.country", "shippingAddress.line1", "shippingAddress.postalCode", "shippingAddress.recipient");

        var answer = await PlaceAsync("""
            { "items": [ { "productId": 7, "quantity": "x" }, { "quantity": 0 }, "no object", { "productId": "0198", "quantity": 1.5 } ],
              "couponId": "abc", "fromBasket": 1, "paymentToken": null,
              "shippingAddress": { "recipient": "\u0000", "line1": "\ud800", "line2": 3, "city": "   ", "country": "" } }
            """, key: "");

        answer.IsProblem(400);
        Assert.Equal(
            [
                "Idempotency-Key", "couponId", "fromBasket",
                "items[0].productId", "items[0].quantity", "items[1].productId", "items[1].quantity", "items[2]", "items[3].productId", "items[3].quantity",
                "paymentToken", "shippingAddress.city", "shippingAddress.country", "shippingAddress.line1", "shippingAddress.line2",
                "shippingAddress.postalCode", "shippingAddress.recipient",
            ], answer.ErrorFields);
        Assert.All(Ordering.All<PlaceOrderRequest>(), asked => Assert.True(asked.ValidateOnly));
    }

    [Fact]
    public async Task An_order_of_the_basket_names_no_lines()
    {
        var answer = await PlaceAsync($$"""{ "fromBasket": true, "items": null, "paymentToken": "tok_ok", "shippingAddress": {{Address}} }""");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var asked = Ordering.Last<PlaceOrderRequest>();
        Assert.Equal((true, 0, false), (asked.FromBasket, asked.Lines.Count, asked.ValidateOnly));
        await PlaceAsync(Items((One, 1)));
        Assert.False(Ordering.Last<PlaceOrderRequest>().FromBasket);
    }

    /// <summary>Whether there are lines is for Ordering to judge; only an empty list does not reach it.</summary>
    [Fact]
    public async Task Items_and_the_basket_are_too_much()
    {
        var empty = await PlaceAsync($$"""{ "fromBasket": true, "items": [], "paymentToken": "tok_ok", "shippingAddress": {{Address}} }""");
        empty.IsProblem(400);
        Assert.Equal(["fromBasket"], empty.ErrorFields);
        Assert.True(Ordering.Last<PlaceOrderRequest>().ValidateOnly);

        Ordering.Refuse("fromBasket");
        var both = await PlaceAsync($$"""{ "fromBasket": true, "items": [ { "productId": "{{One}}", "quantity": 1 } ], "paymentToken": "tok_ok", "shippingAddress": {{Address}} }""");
        both.IsProblem(400);
        Assert.Equal(["fromBasket"], both.ErrorFields);
        Assert.Equal((true, 1), (Ordering.Last<PlaceOrderRequest>().FromBasket, Ordering.Last<PlaceOrderRequest>().Lines.Count));
    }

    [Fact]
    public async Task A_coupon_goes_along()
    {
        var answer = await PlaceAsync(With(Two));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(Two, Ordering.Last<PlaceOrderRequest>().CouponId);
    }

    [Fact]
    public async Task A_coupon_of_zeros_is_a_coupon_that_cannot_be_used()
    {
        Ordering.Fail(Rich(StatusCode.FailedPrecondition, new ErrorInfo { Reason = "coupon_not_usable", Domain = "shop" }, "There is no such coupon."));

        var answer = await PlaceAsync(With(Guid.Empty.ToString()));

        answer.IsProblem(422);
        Assert.Equal(("coupon_not_usable", "There is no such coupon."), (answer.Reason, answer.Json["detail"]!.GetValue<string>()));
        Assert.Equal(Guid.Empty.ToString(), Ordering.Last<PlaceOrderRequest>().CouponId);
    }

    [Fact]
    public async Task The_total_that_was_seen_goes_along()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PlaceAsync(Expecting("""{ "amount": 0, "currency": "KRW" }"""))).Status);
        Assert.Equal((0, "KRW"), (Ordering.Last<PlaceOrderRequest>().ExpectedTotal.Amount, Ordering.Last<PlaceOrderRequest>().ExpectedTotal.Currency));

        await PlaceAsync(Expecting("null"));
        Assert.Null(Ordering.Last<PlaceOrderRequest>().ExpectedTotal);
    }

    [Fact]
    public async Task Another_total_is_a_409_that_says_which()
    {
        Ordering.Answer<PlaceOrderRequest>(_ => new PlaceOrderResponse { ChangedTotal = new() { Amount = 9_000_000, Currency = "KRW" } });

        var answer = await PlaceAsync(Expecting("""{ "amount": 1000, "currency": "KRW" }"""));

        answer.IsProblem(409);
        Assert.Equal(("urn:shop:problem:price_changed", "price_changed"), (answer.Json["type"]!.GetValue<string>(), answer.Reason));
        Assert.Equal("""{"amount":9000000,"currency":"KRW"}""", answer.Json["total"]!.ToJsonString());
    }

    [Theory]
    [InlineData("1000", "expectedTotal")]
    [InlineData("{}", "expectedTotal.amount expectedTotal.currency")]
    [InlineData("""{ "amount": "1", "currency": 410 }""", "expectedTotal.amount expectedTotal.currency")]
    [InlineData("""{ "amount": 1.5, "currency": "KRW" }""", "expectedTotal.amount")]
    public async Task A_total_that_is_no_money_is_a_bad_field(string total, string fields)
    {
        var answer = await PlaceAsync(Expecting(total));

        answer.IsProblem(400);
        Assert.Equal(fields.Split(' '), answer.ErrorFields);
    }

    private static string Expecting(string total) =>
        $$"""{ "items": [ { "productId": "{{One}}", "quantity": 1 } ], "expectedTotal": {{total}}, "paymentToken": "tok_ok", "shippingAddress": {{Address}} }""";

    [Theory]
    [InlineData(StatusCode.FailedPrecondition, "idempotency_key_reused", 422)]
    [InlineData(StatusCode.FailedPrecondition, "unknown_product", 422)]
    [InlineData(StatusCode.FailedPrecondition, "discontinued", 422)]
    [InlineData(StatusCode.FailedPrecondition, "basket_empty", 422)]
    [InlineData(StatusCode.Aborted, "idempotency_key_in_use", 409)]
    [InlineData(StatusCode.AlreadyExists, "idempotency_key_in_use", 409)]
    public async Task What_ordering_refuses_is_refused_for_the_same_reason(StatusCode status, string reason, int expected)
    {
        Ordering.Fail(Rich(status, new ErrorInfo { Reason = reason, Domain = "shop" }));

        var answer = await PlaceAsync(Items((One, 1)));

        answer.IsProblem(expected);
        Assert.Equal(reason, answer.Reason);
    }

    [Fact]
    public async Task Fields_are_named_as_the_caller_named_them()
    {
        Ordering.Fail(Rich(StatusCode.InvalidArgument,
            new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "lines[0].quantity", Description = "is odd" } } }));

        var answer = await PlaceAsync(Items((One, 1)));

        answer.IsProblem(400);
        Assert.Equal(["items[0].quantity"], answer.ErrorFields);
    }

    [Fact]
    public async Task The_key_is_named_as_the_header_that_it_is()
    {
        Ordering.Refuse("idempotencyKey");

        var answer = await PlaceAsync(Items((One, 1)), key: null);

        answer.IsProblem(400);
        Assert.Equal(["Idempotency-Key"], answer.ErrorFields);
        Assert.Equal("", Ordering.Last<PlaceOrderRequest>().IdempotencyKey);
    }

    [Fact]
    public async Task Lines_go_on_as_they_were_given()
    {
        await PlaceAsync(Items((One, 2), (Two, -1), (One.ToUpperInvariant(), 97)));

        Assert.Equal([(One, 2), (Two, -1), (One.ToUpperInvariant(), 97)], Ordering.Last<PlaceOrderRequest>().Lines.Select(line => (line.ProductId, line.Quantity)));
    }

    /// <summary>The request holds 32 bits; a number of more must not become another one that would be fine.</summary>
    [Theory]
    [InlineData("4294967297", int.MaxValue)]
    [InlineData("-4294967295", int.MinValue)]
    public async Task A_quantity_that_does_not_fit_does_not_become_one_that_does(string quantity, int sent)
    {
        await PlaceAsync($$"""{ "items": [ { "productId": "{{One}}", "quantity": {{quantity}} } ], "paymentToken": "tok_ok", "shippingAddress": {{Address}} }""");

        Assert.Equal(sent, Ordering.Last<PlaceOrderRequest>().Lines.Single().Quantity);
    }

    [Fact]
    public async Task A_coupon_without_an_id_is_not_the_same_as_none()
    {
        var answer = await PlaceAsync(With(""));

        answer.IsProblem(400);
        Assert.Equal(["couponId"], answer.ErrorFields);
    }

    private Task<Answer> PlaceAsync(string json, string? key = "key-1") =>
        _gateway.PostAsync("/api/v1/orders", json, _member, key is null ? [] : [("Idempotency-Key", key)]);

    private static string Items(params (string Id, int Quantity)[] items) => $$"""
        { "items": [ {{string.Join(", ", items.Select(item => $$"""{ "productId": "{{item.Id}}", "quantity": {{item.Quantity}} }"""))}} ],
          "couponId": null, "paymentToken": "tok_ok", "shippingAddress": {{Address}}, "unknown": [ { "field": 1 } ] }
        """;

    private static string With(string coupon) =>
        $$"""{ "items": [ { "productId": "{{One}}", "quantity": 1 } ], "couponId": "{{coupon}}", "paymentToken": "tok_ok", "shippingAddress": {{Address}} }""";

    private static RpcException Rich(StatusCode code, IMessage detail, string message = "no")
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = message, Details = { Google.Protobuf.WellKnownTypes.Any.Pack(detail) } };
        return new(new Grpc.Core.Status(code, message), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } });
    }
}
