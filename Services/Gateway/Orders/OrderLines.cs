using Shop.Gateway.Input;
using Shop.Ordering.V1;

namespace Shop.Gateway.Orders;

/// <summary>The <c>items</c> of a body.</summary>
internal static class OrderLines
{
    public static IReadOnlyList<OrderLine> Read(Fields body) =>
        body.List("items", line => new OrderLine { ProductId = line.Text("productId"), Quantity = line.Clamped("quantity") });
}
