using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Inventory.Reservations;

/// <summary>A validated Reserve request.</summary>
/// <param name="Lines">Each product once.</param>
internal sealed record ReserveInput(Guid OrderId, IReadOnlyList<StockChange> Lines, TimeSpan Lifetime)
{
    private const int MaxLines = 50;
    private const int MaxQuantity = 99;
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(1);

    public static ReserveInput Read(ReserveRequest request, TimeSpan lifetime)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", request.OrderId);
        check.That(request.Lines.Count is >= 1 and <= MaxLines, "lines", $"must be 1 to {MaxLines} lines");
        var lines = new List<StockChange>();
        foreach (var (i, line) in request.Lines.Take(MaxLines).Index())
        {
            var product = check.Uuid($"lines[{i}].productId", line.ProductId);
            check.That(product == Guid.Empty || !lines.Exists(other => other.ProductId == product), $"lines[{i}].productId", "is in another line already");
            lines.Add(StockChange.Reserve(product, check.Range($"lines[{i}].quantity", line.Quantity, 1, MaxQuantity)));
        }

        // Checked before ToTimeSpan, which throws for durations out of its range.
        if (request.ExpiresIn is { } expiresIn)
        {
            var isValid = expiresIn.Seconds is >= 0 and <= 86_400 && expiresIn.Nanos is >= 0 and < 1_000_000_000;
            lifetime = isValid ? expiresIn.ToTimeSpan() : TimeSpan.Zero;
            check.That(lifetime > TimeSpan.Zero && lifetime <= MaxLifetime, "expiresIn", "must be more than 0 and at most a day");
        }

        check.ThrowIfAny();
        return new(orderId, lines, lifetime);
    }
}
