using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Shop.Coupons.V1;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Ordering.V1;

namespace Shop.Gateway.Tests;

public sealed class CouponTests
{
    private const string Quote = $"/api/v1/coupons/{FakeCoupons.CouponId}/quote";
    private const string Product = "0198c0de-0000-7000-8000-000000000001";
    private readonly RunningGateway _gateway;
    private readonly string _member;

    public CouponTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private FakeServices Services => _gateway.Services;

    [Fact]
    public async Task They_are_listed_in_both_kinds()
    {
        Services.Coupons.Calls.Answer<ListCouponsRequest>(_ => new ListCouponsResponse { Coupons = { FakeCoupons.Percentage, FakeCoupons.Fixed }, NextPageToken = "more" });

        var answer = await _gateway.GetAsync("/api/v1/coupons?pageSize=2&pageToken=abc", _member);

        answer.IsJson($$"""
            { "items": [
                { "id": "{{FakeCoupons.CouponId}}", "name": "가입 축하 쿠폰", "kind": "percentage", "percent": 10, "amount": null,
                  "minimum": { "amount": 20000, "currency": "KRW" }, "maximumDiscount": { "amount": 10000, "currency": "KRW" },
                  "expiresAt": "2026-03-31T09:00:00Z", "status": "usable" },
                { "id": "{{FakeCoupons.CouponId}}", "name": "감사 쿠폰", "kind": "fixed", "percent": null, "amount": { "amount": 5000, "currency": "KRW" },
                  "minimum": null, "maximumDiscount": null, "expiresAt": "2026-03-31T09:00:00Z", "status": "redeemed" } ],
              "nextPageToken": "more" }
            """);
        var asked = Services.Coupons.Calls.Last<ListCouponsRequest>();
        Assert.Equal((2, "abc", _member), (asked.PageSize, asked.PageToken, Services.Coupons.Calls.LastToken));
    }

    [Fact]
    public async Task They_are_called_in_the_language_that_is_asked_for()
    {
        var answer = await _gateway.GetAsync("/api/v1/coupons", _member, ("Accept-Language", "en"));

        Assert.Equal("Welcome coupon", answer.Json["items"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(["en"], answer.ContentHeaders.ContentLanguage);
    }

    [Fact]
    public async Task A_quote_says_what_an_order_would_cost()
    {
        var answer = await _gateway.PostAsync(Quote, Items(2), _member);

        answer.IsJson("""
            { "subtotal": { "amount": 200, "currency": "KRW" }, "discount": { "amount": 20, "currency": "KRW" }, "total": { "amount": 180, "currency": "KRW" } }
            """);
        var asked = Services.Ordering.Calls.Last<QuoteOrderRequest>();
        Assert.Equal((FakeCoupons.CouponId, Product, 2), (asked.CouponId, asked.Lines.Single().ProductId, asked.Lines.Single().Quantity));
        Assert.Equal(_member, Services.Ordering.Calls.LastToken);
    }

    [Theory]
    [InlineData(StatusCode.FailedPrecondition, "coupon_not_usable", 422)]
    [InlineData(StatusCode.FailedPrecondition, "unknown_product", 422)]
    [InlineData(StatusCode.NotFound, "not_found", 404)]
    public async Task What_cannot_be_quoted_is_refused_with_why(StatusCode status, string reason, int expected)
    {
        var details = new Google.Rpc.Status { Code = (int)status, Message = "why", Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new ErrorInfo { Reason = reason, Domain = "shop" }) } };
        Services.Ordering.Calls.Fail(new RpcException(new(status, "why"), new Metadata { { "grpc-status-details-bin", details.ToByteArray() } }));

        var answer = await _gateway.PostAsync(Quote, Items(2), _member);

        answer.IsProblem(expected);
        Assert.Equal("why", answer.Json["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_quote_names_every_bad_field()
    {
        Services.Ordering.Calls.Refuse("lines[0].quantity");

        var answer = await _gateway.PostAsync(Quote, Items(0), _member);

        answer.IsProblem(400);
        Assert.Equal(["items[0].quantity"], answer.ErrorFields);
        Assert.Equal(0, Services.Ordering.Calls.Last<QuoteOrderRequest>().Lines.Single().Quantity);
        (await _gateway.PostAsync("/api/v1/coupons/abc/quote", Items(1), _member)).IsProblem(404);
    }

    private static string Items(int quantity) => $$"""{ "items": [ { "productId": "{{Product}}", "quantity": {{quantity}} } ] }""";
}
