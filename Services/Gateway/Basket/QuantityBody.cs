using System.ComponentModel.DataAnnotations;
using Shop.Basket.V1;
using Shop.Gateway.Input;

namespace Shop.Gateway.Basket;

/// <param name="Quantity">How many there are then, not how many more.</param>
internal sealed record QuantityBody([property: Range(1, 99)] int Quantity)
{
    public const string Example = """{ "quantity": 2 }""";

    public static PutItemRequest Read(Fields body, string productId)
    {
        var request = new PutItemRequest { ProductId = productId, Quantity = body.Clamped("quantity") };
        body.Check.ThrowIfAny();
        return request;
    }
}
