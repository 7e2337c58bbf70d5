using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Orders;

namespace Shop.Gateway.Coupons;

internal sealed record QuoteBody([property: MinLength(1), MaxLength(50)] IReadOnlyList<PlaceOrderLine> Items)
{
    public const string Example = """
        { "items": [ { "productId": "0198d0a6-de79-72fa-805d-cabbc9989ab7", "quantity": 2 } ] }
        """;
}
