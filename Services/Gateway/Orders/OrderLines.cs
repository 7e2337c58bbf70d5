using Shop.Gateway.Input;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;

namespace Shop.Gateway.Orders;

/// <summary>The <c>items</c> of a body: 1 to 50 lines of 1 to 99 pieces.</summary>
public static class OrderLines
{
    private const int MostLines = 50;
    private const int MostPieces = 99;

    public static List<OrderLine> Read(Fields body)
    {
        var lines = body.List("items", 1, MostLines, line => new OrderLine
        {
            ProductId = line.Uuid("productId").ToString(),
            Quantity = (int)line.Whole("quantity", 1, MostPieces),
        });
        return Merge(lines, body.Check);
    }

    /// <summary>Two lines of one product are one. The line that makes it too many is the one that is wrong.</summary>
    private static List<OrderLine> Merge(IReadOnlyList<OrderLine> lines, Check check)
    {
        var merged = new Dictionary<string, OrderLine>();
        foreach (var (i, line) in lines.Index())
        {
            if (merged.TryAdd(line.ProductId, line) || line.ProductId == Guid.Empty.ToString())
                continue;

            var first = merged[line.ProductId];
            first.Quantity += line.Quantity;
            check.That(first.Quantity <= MostPieces, $"items[{i}].quantity", $"with the lines before, more than {MostPieces} of this product");
        }

        return [.. merged.Values];
    }
}
