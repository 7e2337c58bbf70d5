using Shop.Gateway.Tests.Fakes;

namespace Shop.Gateway.Tests.Running;

public enum Who
{
    Anyone,
    Member,
    Operator,
}

/// <summary>A call that succeeds, from which the tests make others that must not.</summary>
/// <param name="Route">As the application names it: "POST /api/v1/orders".</param>
public sealed record SampleCall(string Route, Who Who, string Path, string? Body = null, string Type = "application/json")
{
    public HttpMethod Method => new(Route.Split(' ')[0]);

    public override string ToString() => Route;
}

/// <summary>One call for every endpoint. A new endpoint without one fails the tests that go through all of them.</summary>
public static class SampleCalls
{
    private const string Product = "0198c0de-0000-7000-8000-000000000001";

    private const string Order = $$"""
        { "items": [ { "productId": "{{Product}}", "quantity": 2 } ], "paymentToken": "tok_ok",
          "shippingAddress": { "recipient": "김하나", "line1": "세종대로 110", "city": "서울", "postalCode": "04524", "country": "KR" } }
        """;

    private const string NewProduct = """
        { "name": { "ko": "키보드", "en": "Keyboard" }, "description": { "ko": "조용하다.", "en": "Quiet." }, "categoryId": "keyboards",
          "price": { "amount": 129900, "currency": "KRW" } }
        """;

    public static readonly IReadOnlyList<SampleCall> All =
    [
        new("POST /api/v1/members", Who.Anyone, "/api/v1/members", """{ "email": "a@b.kr", "password": "long enough", "name": "김하나", "language": "ko" }"""),
        new("POST /api/v1/sessions", Who.Anyone, "/api/v1/sessions", """{ "email": "a@b.kr", "password": "long enough" }"""),
        new("POST /api/v1/sessions/refresh", Who.Anyone, "/api/v1/sessions/refresh", """{ "refreshToken": "abc" }"""),
        new("GET /api/v1/me", Who.Member, "/api/v1/me"),
        new("GET /api/v1/products", Who.Anyone, "/api/v1/products"),
        new("GET /api/v1/products/{id}", Who.Anyone, $"/api/v1/products/{Product}"),
        new("GET /api/v1/products/{id}/reviews", Who.Anyone, $"/api/v1/products/{Product}/reviews"),
        new("POST /api/v1/products/{id}/reviews", Who.Member, $"/api/v1/products/{Product}/reviews", """{ "stars": 5, "text": "좋다" }"""),
        new("GET /api/v1/categories", Who.Anyone, "/api/v1/categories"),
        new("GET /api/v1/coupons", Who.Member, "/api/v1/coupons"),
        new("POST /api/v1/coupons/{id}/quote", Who.Member, $"/api/v1/coupons/{FakeCoupons.CouponId}/quote", $$"""{ "items": [ { "productId": "{{Product}}", "quantity": 2 } ] }"""),
        new("GET /api/v1/basket", Who.Member, "/api/v1/basket"),
        new("PUT /api/v1/basket/items/{productId}", Who.Member, $"/api/v1/basket/items/{Product}", """{ "quantity": 2 }"""),
        new("DELETE /api/v1/basket/items/{productId}", Who.Member, $"/api/v1/basket/items/{Product}"),
        new("GET /api/v1/notifications", Who.Member, "/api/v1/notifications"),
        new("POST /api/v1/notifications/{id}/read", Who.Member, $"/api/v1/notifications/{FakeNotifications.NotificationId}/read"),
        new("POST /api/v1/notifications/read-all", Who.Member, "/api/v1/notifications/read-all"),
        new("POST /api/v1/orders", Who.Member, "/api/v1/orders", Order),
        new("GET /api/v1/orders", Who.Member, "/api/v1/orders"),
        new("GET /api/v1/orders/{id}", Who.Member, $"/api/v1/orders/{FakeOrdering.OrderId}"),
        new("GET /api/v1/orders/{id}/events", Who.Member, $"/api/v1/orders/{FakeOrdering.OrderId}/events"),
        new("POST /api/v1/orders/{id}/cancel", Who.Member, $"/api/v1/orders/{FakeOrdering.OrderId}/cancel", """{ "reason": "too late" }"""),
        new("POST /api/v1/ops/products", Who.Operator, "/api/v1/ops/products", NewProduct),
        new("POST /api/v1/ops/products/import", Who.Operator, "/api/v1/ops/products/import", "sku,categoryId,price,name.ko,name.en,description.ko,description.en\n", "text/csv"),
        new("PATCH /api/v1/ops/products/{id}", Who.Operator, $"/api/v1/ops/products/{Product}", """{ "price": { "amount": 1, "currency": "KRW" } }"""),
        new("POST /api/v1/ops/products/{id}/discontinue", Who.Operator, $"/api/v1/ops/products/{Product}/discontinue"),
        new("GET /api/v1/ops/stock/{productId}", Who.Operator, $"/api/v1/ops/stock/{Product}"),
        new("PUT /api/v1/ops/stock/{productId}", Who.Operator, $"/api/v1/ops/stock/{Product}", """{ "onHand": 5 }"""),
        new("GET /api/v1/ops/sagas", Who.Operator, "/api/v1/ops/sagas"),
        new("GET /api/v1/ops/sagas/{id}", Who.Operator, $"/api/v1/ops/sagas/{FakeOrdering.OrderId}"),
        new("POST /api/v1/ops/sagas/{id}/retry", Who.Operator, $"/api/v1/ops/sagas/{FakeOrdering.OrderId}/retry"),
        new("GET /api/v1/ops/orders", Who.Operator, "/api/v1/ops/orders"),
        new("GET /api/v1/ops/orders/{id}", Who.Operator, $"/api/v1/ops/orders/{FakeOrdering.OrderId}"),
        new("POST /api/v1/ops/orders/{id}/refund", Who.Operator, $"/api/v1/ops/orders/{FakeOrdering.OrderId}/refund", """{ "reason": "broken" }"""),
        new("GET /api/v1/ops/figures", Who.Operator, "/api/v1/ops/figures"),
        new("POST /api/v1/ops/order-history/rebuild", Who.Operator, "/api/v1/ops/order-history/rebuild"),
        new("GET /api/v1/ops/order-history/rebuild", Who.Operator, "/api/v1/ops/order-history/rebuild"),
        new("DELETE /api/v1/ops/order-history/rebuild", Who.Operator, "/api/v1/ops/order-history/rebuild"),
        new("GET /api/v1/ops/reconciliation", Who.Operator, "/api/v1/ops/reconciliation"),
        new("GET /api/v1/ops/missed-messages", Who.Operator, "/api/v1/ops/missed-messages"),
        new("GET /api/v1/ops/shipments", Who.Operator, "/api/v1/ops/shipments"),
        new("POST /api/v1/ops/shipments/{id}/dispatch", Who.Operator, $"/api/v1/ops/shipments/{FakeShipping.ShipmentId}/dispatch"),
        new("POST /api/v1/ops/shipments/{id}/deliver", Who.Operator, $"/api/v1/ops/shipments/{FakeShipping.ShipmentId}/deliver"),
        new("POST /api/v1/ops/shipments/{id}/fail", Who.Operator, $"/api/v1/ops/shipments/{FakeShipping.ShipmentId}/fail", """{ "reason": "the parcel was lost" }"""),
        new("POST /api/v1/ops/sagas/{id}/compensate", Who.Operator, $"/api/v1/ops/sagas/{FakeOrdering.OrderId}/compensate", """{ "reason": "recalled" }"""),
        new("GET /api/v1/ops/dead-letters", Who.Operator, "/api/v1/ops/dead-letters"),
        new("GET /api/v1/ops/dead-letters/{id}", Who.Operator, $"/api/v1/ops/dead-letters/{FakeOperations.LetterId}"),
        new("POST /api/v1/ops/dead-letters/{id}/replay", Who.Operator, $"/api/v1/ops/dead-letters/{FakeOperations.LetterId}/replay"),
        new("POST /api/v1/ops/dead-letters/{id}/discard", Who.Operator, $"/api/v1/ops/dead-letters/{FakeOperations.LetterId}/discard", """{ "reason": "recalled" }"""),
        new("POST /api/v1/ops/dead-letters/replay", Who.Operator, "/api/v1/ops/dead-letters/replay", """{ "service": "catalog" }"""),
        new("POST /webhooks/payments", Who.Anyone, "/webhooks/payments", "{}"),
        new("GET /images/{**path}", Who.Anyone, "/images/products/1.svg"),
        new("GET /.well-known/jwks.json", Who.Anyone, "/.well-known/jwks.json"),
        new("GET /openapi/v1.json", Who.Anyone, "/openapi/v1.json"),
        new("GET /health", Who.Anyone, "/health"),
        new("GET /alive", Who.Anyone, "/alive"),
    ];

    public static SampleCall Of(string route) => All.Single(call => call.Route == route);

    /// <summary>Those whose body is read as JSON.</summary>
    public static IEnumerable<SampleCall> WithJson => All.Where(call => call is { Body: not null, Type: "application/json", Path: not "/webhooks/payments" });

    public static Task<Answer> CallAsync(
        this RunningGateway gateway, SampleCall call, HttpContent? content, string? token, string? path = null, params (string Name, string Value)[] headers) =>
        gateway.SendAsync(call.Method, path ?? call.Path, content, token, [("Idempotency-Key", "key-1"), ("Signature", "t=1,v1=x"), .. headers]);

    public static string? TokenFor(this RunningGateway gateway, Who who) => who switch
    {
        Who.Member => gateway.Tokens.Member(),
        Who.Operator => gateway.Tokens.Operator(),
        _ => null,
    };
}
