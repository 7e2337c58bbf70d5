using Shop.Inventory.V1;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Reservations;

/// <summary>A validated Reserve request.</summary>
internal sealed record ReserveInput(Guid OrderId, Guid[] ProductIds, int[] Quantities, TimeSpan Lifetime)
{
    private const int MaxLines = 50;
    private const int MaxQuantity = 99;
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(1);

    public static ReserveInput Read(ReserveRequest request, TimeSpan lifetime)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", request.OrderId);
        check.That(request.Lines.Count is >= 1 and <= MaxLines, "lines", $"must be 1 to {MaxLines} lines");
        var products = new List<Guid>();
        for (var i = 0; i < Math.Min(request.Lines.Count, MaxLines); i++)
        {
            var product = check.Uuid($"lines[{i}].productId", request.Lines[i].ProductId);
            check.That(product == Guid.Empty || !products.Contains(product), $"lines[{i}].productId", "is in another line already");
            check.Range($"lines[{i}].quantity", request.Lines[i].Quantity, 1, MaxQuantity);
            products.Add(product);
        }

        // Checked before ToTimeSpan, which throws for durations out of its range.
        if (request.ExpiresIn is { } expiresIn)
        {
            var isValid = expiresIn.Seconds is >= 0 and <= 86_400 && expiresIn.Nanos is >= 0 and < 1_000_000_000;
            lifetime = isValid ? expiresIn.ToTimeSpan() : TimeSpan.Zero;
            check.That(lifetime > TimeSpan.Zero && lifetime <= MaxLifetime, "expiresIn", "must be more than 0 and at most a day");
        }

        check.ThrowIfAny();
        return new(orderId, [.. products], [.. request.Lines.Select(line => line.Quantity)], lifetime);
    }
}
