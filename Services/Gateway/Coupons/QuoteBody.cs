using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Gateway.Orders;
using Shop.Ordering.V1;

namespace Shop.Gateway.Coupons;

public sealed record QuoteBody([property: MinLength(1), MaxLength(50)] IReadOnlyList<PlaceOrderLine> Items)
{
    public const string Example = """
        { "items": [ { "productId": "0198d0a6-de79-72fa-805d-cabbc9989ab7", "quantity": 2 } ] }
        """;

    public static QuoteOrderRequest Read(Fields body, string couponId)
    {
        var request = new QuoteOrderRequest { Lines = { OrderLines.Read(body) }, CouponId = couponId };
        body.Check.ThrowIfAny();
        return request;
    }
}
