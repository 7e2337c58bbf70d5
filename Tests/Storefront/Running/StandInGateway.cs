using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Storefront.Tests.Running;

/// <summary>A gateway with products and an account.</summary>
public sealed class StandInGateway : StandInHttp
{
    public StandInGateway() => Reset();

    public static string Keyboard { get; } = "01942147-a571-7de9-b44b-d3f4e8cb9cac";

    public static string Mouse { get; } = "019426ae-0fe9-7028-9829-ba46fbfb49e6";

    /// <summary>Products and accounts, and neither baskets nor reviews nor notifications.</summary>
    public void Reset()
    {
        Clear();
        On("GET /api/v1/categories", new { items = new[] { new { id = "keyboards", name = "키보드", productCount = 2 } }, nextPageToken = (string?)null });
        On("GET /api/v1/products", new { items = new[] { Product(Keyboard), Product(Mouse, "무선 마우스", 39_000) }, nextPageToken = (string?)null });
        On("GET /api/v1/products/*", call => call.Path.EndsWith(Keyboard, StringComparison.Ordinal) ? Answer.Json(200, Product(Keyboard))
            : call.Path.EndsWith(Mouse, StringComparison.Ordinal) ? Answer.Json(200, Product(Mouse, "무선 마우스", 39_000))
            : Answer.Problem(404, null, "No such product."));
        On("POST /api/v1/members", _ => Answer.Json(201, new { memberId = StandInMembers.Id }));
        On("GET /api/v1/coupons", Members.Authorised(_ => Answer.Json(200, new { items = Array.Empty<object>(), nextPageToken = (string?)null })));
        On("GET /api/v1/orders", Members.Authorised(_ => Answer.Json(200, new { items = Array.Empty<object>(), nextPageToken = (string?)null })));
        On("GET /images/*/*", _ => new Answer(200, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml"));
    }

    public static object Product(string id, string name = "무선 기계식 키보드", long price = 129_900, string stock = "in_stock", long available = 37, string description = "조용한 키보드") => new
    {
        id, name, description, category = new { id = "keyboards", name = "키보드" }, price = new { amount = price, currency = "KRW" }, imageUrl = $"/images/products/{id}.svg",
        stock = new { state = stock, available }, rating = new { average = (double?)4.6, count = 12 },
    };

    public static JsonObject Order(string id, string status = "pending", string? reason = null) => JsonSerializer.SerializeToNode(new
    {
        orderId = id, status, reason, placedAt = "2026-11-20T10:00:00Z",
        lines = new[] { new { productId = Keyboard, name = "무선 기계식 키보드", quantity = 2, unitPrice = new { amount = 129_900, currency = "KRW" }, lineTotal = new { amount = 259_800, currency = "KRW" } } },
        subtotal = new { amount = 259_800, currency = "KRW" }, discount = new { amount = 0, currency = "KRW" }, total = new { amount = 259_800, currency = "KRW" },
        payment = (object?)null, shipment = (object?)null, timeline = new[] { new { at = "2026-11-20T10:00:00Z", what = "placed" } }, unavailable = Array.Empty<string>(),
    })!.AsObject();
}
