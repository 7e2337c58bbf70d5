using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Ordering.V1;

namespace Shop.Gateway.Orders;

internal sealed record PlaceOrderLine(Guid ProductId, [property: Range(1, 99)] int Quantity);

internal sealed record AddressBody(
    [property: MaxLength(200)] string Recipient,
    [property: MaxLength(200)] string Line1,
    [property: MaxLength(200)] string City,
    [property: MaxLength(200)] string PostalCode,
    [property: MaxLength(200)] string Country,
    [property: MaxLength(200)] string? Line2 = null);

internal sealed record PlaceOrderBody(
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
    /// <returns>With fields that do not fit into it (<see cref="Fields.Check"/>), only to be validated.</returns>
    public static PlaceOrderRequest Read(Fields body, string? idempotencyKey)
    {
        var isFromBasket = body.Flag("fromBasket", otherwise: false);
        return new()
        {
            IdempotencyKey = idempotencyKey ?? "",
            Lines = { isFromBasket && body.Lacks("items") ? [] : ReadLines(body, isFromBasket) },
            FromBasket = isFromBasket,
            PaymentToken = body.Text("paymentToken"),
            ShippingAddress = body.Nested("shippingAddress", ReadAddress),
            ExpectedTotal = body.OptionalNested("expectedTotal", MoneyFields.Money),
            CouponId = ReadCoupon(body),
            ValidateOnly = body.Check.HasErrors,
        };
    }

    private static IReadOnlyList<OrderLine> ReadLines(Fields body, bool isFromBasket)
    {
        var lines = OrderLines.Read(body);
        // The request has one form for an empty list and for none.
        if (isFromBasket && lines.Count == 0)
            body.Fail("fromBasket", "must not come with items");
        return lines;
    }

    private static string ReadCoupon(Fields body)
    {
        var coupon = body.OptionalText("couponId");
        // An empty id stands for "no coupon" in the request, so it cannot be given.
        if (coupon.Length == 0 && !body.Lacks("couponId") && !body.Check.HasErrorAt("couponId"))
            body.Fail("couponId", "is missing");

        return coupon;
    }

    private static ShippingAddress ReadAddress(Fields address) => new()
    {
        Recipient = address.Text("recipient"),
        Line1 = address.Text("line1"),
        Line2 = address.OptionalText("line2"),
        City = address.Text("city"),
        PostalCode = address.Text("postalCode"),
        Country = address.Text("country"),
    };
}
