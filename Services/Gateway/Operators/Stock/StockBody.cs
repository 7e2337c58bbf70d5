using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Inventory.V1;

namespace Shop.Gateway.Operators.Stock;

/// <param name="OnHand">Units in stock, reserved or not.</param>
internal sealed record StockBody([property: Range(0, 1_000_000_000)] long OnHand)
{
    public const string Example = """{ "onHand": 100 }""";

    public static SetStockRequest Read(Fields body, string productId)
    {
        var request = new SetStockRequest { ProductId = productId, OnHand = body.Number("onHand") };
        body.Check.ThrowIfAny();
        return request;
    }
}
