using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;

namespace Shop.Gateway.Orders;

public sealed record PlaceOrderLine(Guid ProductId, [property: Range(1, 99)] int Quantity);

public sealed record AddressBody(
    [property: MaxLength(200)] string Recipient,
    [property: MaxLength(200)] string Line1,
    [property: MaxLength(200)] string City,
    [property: MaxLength(200)] string PostalCode,
    [property: MaxLength(200)] string Country,
    [property: MaxLength(200)] string? Line2 = null);

public sealed record PlaceOrderBody(
    [property: MaxLength(200)] string PaymentToken,
    AddressBody ShippingAddress,
    [property: MinLength(1), MaxLength(50)] IReadOnlyList<PlaceOrderLine>? Items = null,
    bool? FromBasket = null,
    Guid? CouponId = null,
    Money? ExpectedTotal = null)
{
    public const string Example = """
        {
          "items": [ { "productId": "0198d0a6-de79-72fa-805d-cabbc9989ab7", "quantity": 2 } ],
          "expectedTotal": { "amount": 259800, "currency": "KRW" },
          "paymentToken": "tok_ok",
          "shippingAddress": { "recipient": "김민지", "line1": "세종대로 110", "line2": "3층", "city": "서울", "postalCode": "04524", "country": "KR" }
        }
        """;

    /// <param name="idempotencyKey">The header; it is judged together with the body.</param>
    public static PlaceOrderRequest Read(Fields body, string? idempotencyKey)
    {
        var request = new PlaceOrderRequest
        {
            IdempotencyKey = ReadKey(body.Check, idempotencyKey),
            Lines = { ReadLines(body) },
            PaymentToken = body.Line("paymentToken", 1, 200),
            ShippingAddress = body.Nested("shippingAddress", ReadAddress),
            ExpectedTotal = body.OptionalNested("expectedTotal", total => total.Money(0, long.MaxValue)),
            CouponId = body.Lacks("couponId") ? "" : body.Uuid("couponId").ToString(),
        };
        body.Check.ThrowIfAny();
        return request;
    }

    private static string ReadKey(Check check, string? key)
    {
        check.That(key is { Length: >= 1 and <= 255 } && key.All(c => c is > ' ' and <= '~'),
            "Idempotency-Key", "this header is needed, with 1 to 255 visible ASCII characters");
        return key ?? "";
    }

    private static List<OrderLine> ReadLines(Fields body)
    {
        if (body.Flag("fromBasket", otherwise: false))
        {
            body.Fail("fromBasket", "is not available yet: name the items");
            return [];
        }

        return OrderLines.Read(body);
    }

    private static ShippingAddress ReadAddress(Fields address) => new()
    {
        Recipient = address.Line("recipient", 1, 200),
        Line1 = address.Line("line1", 1, 200),
        Line2 = address.OptionalLine("line2", 200) ?? "",
        City = address.Line("city", 1, 200),
        PostalCode = address.Line("postalCode", 1, 200),
        Country = address.Line("country", 1, 200),
    };
}
