using Google.Protobuf;
using Grpc.Core;
using Shop.Catalog.V1;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Members.V1;
using Shop.Ordering.V1;

namespace Shop.Gateway.Tests;

/// <summary>The services judge what is in a body; the gateway finds what does not fit into a request. The caller is told of both in one answer.</summary>
public sealed class ServiceRefusalTests
{
    private const string Id = "0198c0de-0000-7000-8000-000000000001";
    private const string Order = $$"""
        { "items": [ { "productId": "{{Id}}", "quantity": 1 } ], "paymentToken": "tok_ok", {0},
          "shippingAddress": { "recipient": "a", "line1": "b", "city": "c", "postalCode": "d", "country": "e" } }
        """;

    private const string Product = """
        { "name": { "ko": "a", "en": "a" }, "description": { "ko": "a", "en": "a" }, "categoryId": "bags", "price": { "amount": 1, "currency": "KRW" }, {0} }
        """;

    private readonly RunningGateway _gateway;

    public ServiceRefusalTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    private FakeServices Services => _gateway.Services;

    /// <summary>Every field of every body that more than one field can be wrong in, as its service names it.</summary>
    [Theory]
    [InlineData("POST /api/v1/members", "email language name password")]
    [InlineData("POST /api/v1/sessions", "email password")]
    [InlineData("POST /api/v1/sessions/refresh", "refreshToken")]
    [InlineData("POST /api/v1/ops/products", "categoryId description.en description.ko imageUrl name.en name.ko price.amount price.currency")]
    [InlineData("PATCH /api/v1/ops/products/{id}", "categoryId description.en description.ko imageUrl name.en name.ko price.amount price.currency")]
    [InlineData("PUT /api/v1/ops/stock/{productId}", "onHand")]
    [InlineData("POST /api/v1/ops/sagas/{id}/compensate", "reason")]
    [InlineData("POST /api/v1/ops/shipments/{id}/fail", "reason")]
    [InlineData("POST /api/v1/ops/dead-letters/{id}/discard", "reason")]
    [InlineData("POST /api/v1/ops/dead-letters/replay", "consumer key")]
    [InlineData("POST /api/v1/orders", "couponId expectedTotal.amount expectedTotal.currency items items[1].productId items[49].quantity paymentToken shippingAddress.line2")]
    public async Task A_field_has_the_name_that_it_has_in_the_body(string route, string fields)
    {
        Services.RefuseAll(fields.Split(' '));
        var call = SampleCalls.Of(route);

        var answer = await _gateway.CallAsync(call, new StringContent(call.Body!, null, "application/json"), _gateway.TokenFor(call.Who));

        answer.IsProblem(400);
        Assert.Equal(fields.Split(' '), answer.ErrorFields);
        Assert.All(answer.Json["errors"]!.AsObject(), error => Assert.Equal("is refused by the service", Assert.Single(error.Value!.AsArray())!.GetValue<string>()));
    }

    [Fact]
    public async Task What_does_not_fit_and_what_the_service_refuses_are_one_answer()
    {
        Services.Members.Calls.Refuse("email", "name", "password");

        var answer = await _gateway.PostAsync("/api/v1/members", """{ "email": "a\u0000@b.kr", "password": "01234\u000056789", "name": "\ud83d", "language": 5 }""");

        answer.IsProblem(400);
        Assert.Equal(["email", "language", "name", "password"], answer.ErrorFields);
        // What is wrong with a name that is not there the gateway knows better.
        Assert.Equal("""["holds half of a surrogate pair"]""", answer.Json["errors"]!["name"]!.ToJsonString());
    }

    [Fact]
    public async Task What_follows_from_another_error_is_not_told()
    {
        Services.Catalog.Calls.Refuse("name", "price.amount", "price.currency", "description.en");

        var answer = await _gateway.PostAsync("/api/v1/ops/products", Product.Replace("{0}", "\"imageUrl\": 5").Replace("{ \"amount\": 1, \"currency\": \"KRW\" }", "1"), _gateway.Tokens.Operator());
        Assert.Equal(["description.en", "imageUrl", "name", "price"], answer.ErrorFields);

        // Of too many lines, none is looked at.
        Services.Ordering.Calls.Refuse("lines");
        answer = await _gateway.PostAsync("/api/v1/orders", Order.Replace("{0}", "\"couponId\": 5").Replace("{ \"productId\"", "7, { \"productId\""), _gateway.Tokens.Member(), ("Idempotency-Key", "k"));
        Assert.Equal(["couponId", "items"], answer.ErrorFields);
    }

    /// <summary>Each with one field of the wrong type that may be left out, so that without it the service would do what is asked.</summary>
    [Theory]
    [InlineData("{ \"couponId\": 5 }", "couponId")]
    [InlineData("{ \"expectedTotal\": 5 }", "expectedTotal")]
    [InlineData("{ \"fromBasket\": 5 }", "fromBasket")]
    public async Task An_order_with_a_field_that_does_not_fit_is_not_placed(string field, string name)
    {
        var answer = await _gateway.PostAsync("/api/v1/orders", Order.Replace("{0}", field.Trim('{', '}', ' ')), _gateway.Tokens.Member(), ("Idempotency-Key", "k"));

        OnlyValidated<PlaceOrderRequest>(answer, Services.Ordering.Calls, request => request.ValidateOnly, name);
    }

    [Theory]
    [InlineData("POST", "/api/v1/ops/products")]
    [InlineData("PATCH", $"/api/v1/ops/products/{Id}")]
    public async Task A_product_with_a_field_that_does_not_fit_is_neither_added_nor_changed(string method, string path)
    {
        var answer = await _gateway.SendAsync(new(method), path, Product.Replace("{0}", "\"imageUrl\": 5"), _gateway.Tokens.Operator());

        if (method == "POST")
            OnlyValidated<CreateProductRequest>(answer, Services.Catalog.Calls, request => request.ValidateOnly, "imageUrl");
        else
            OnlyValidated<UpdateProductRequest>(answer, Services.Catalog.Calls, request => request.ValidateOnly, "imageUrl");
    }

    [Fact]
    public async Task Nobody_is_signed_up_or_in_by_a_body_with_a_field_that_does_not_fit()
    {
        var up = await _gateway.PostAsync("/api/v1/members", """{ "email": "a@b.kr", "password": "0123456789", "name": "n", "language": 5 }""");
        OnlyValidated<SignUpRequest>(up, Services.Members.Calls, request => request.ValidateOnly, "language");

        var @in = await _gateway.PostAsync("/api/v1/sessions", """{ "email": "a@b.kr", "password": 5 }""");
        OnlyValidated<SignInRequest>(@in, Services.Members.Calls, request => request.ValidateOnly, "password");
    }

    [Theory]
    [InlineData("/api/v1/sessions/refresh", """{ "refreshToken": 5 }""", "refreshToken")]
    [InlineData($"/api/v1/ops/sagas/{Id}/compensate", """{ "reason": 5 }""", "reason")]
    [InlineData($"/api/v1/ops/shipments/{Id}/fail", """{ "reason": 5 }""", "reason")]
    [InlineData($"/api/v1/ops/dead-letters/{Id}/discard", """{ "reason": 5 }""", "reason")]
    [InlineData("/api/v1/ops/dead-letters/replay", """{ "service": "catalog", "key": 5 }""", "key")]
    public async Task Where_nothing_else_can_be_wrong_the_service_is_not_called(string path, string body, string field)
    {
        Services.FailAll(StatusCode.Internal, "was called");

        var answer = await _gateway.PostAsync(path, body, _gateway.Tokens.Operator());

        answer.IsProblem(400);
        Assert.Equal([field], answer.ErrorFields);
    }

    /// <summary>An order of theirs would be refused for another reason, or not be answered at all: the body is bad nevertheless.</summary>
    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.FailedPrecondition)]
    public async Task A_body_that_does_not_fit_is_a_400_whatever_the_service_says(StatusCode status)
    {
        Services.FailAll(status, "no");

        var answer = await _gateway.PostAsync("/api/v1/members", """{ "email": 5 }""");

        answer.IsProblem(400);
        Assert.Equal(["email", "language", "name", "password"], answer.ErrorFields);
    }

    [Fact]
    public async Task A_list_of_very_many_elements_is_one_error()
    {
        var answer = await _gateway.PostAsync("/api/v1/orders", $$"""{ "items": [{{string.Join(',', Enumerable.Repeat("1", 20_000))}}] }""", _gateway.Tokens.Member(), ("Idempotency-Key", "k"));

        answer.IsProblem(400);
        Assert.Equal(["items", "paymentToken", "shippingAddress"], answer.ErrorFields);
    }

    private static void OnlyValidated<TRequest>(Answer answer, Calls calls, Func<TRequest, bool> validateOnly, string field) where TRequest : IMessage
    {
        answer.IsProblem(400);
        Assert.Equal([field], answer.ErrorFields);
        Assert.NotEqual(0, calls.Count<TRequest>());
        Assert.All(calls.All<TRequest>(), request => Assert.True(validateOnly(request)));
    }
}
