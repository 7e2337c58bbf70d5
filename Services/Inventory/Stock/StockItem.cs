using Google.Protobuf.WellKnownTypes;
using Shop.Inventory.V1;

namespace Shop.Inventory.Stock;

/// <summary>
/// The stock of one product. 0 ≤ reserved ≤ on hand always: the database enforces it, whatever the code does.
/// Orders change it by <see cref="MoveStock"/> only, which never reads before it writes.
/// </summary>
public sealed class StockItem
{
    private StockItem() { }

    public Guid ProductId { get; private init; }

    /// <summary>What lies on the shelf, reserved or not.</summary>
    public long OnHand { get; private set; }

    public long Reserved { get; private init; }

    /// <summary>Grows with every change; it travels in the events.</summary>
    public long Version { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public long Available => OnHand - Reserved;

    /// <summary>Somebody counted the shelf. False if that makes no difference.</summary>
    public bool Count(long onHand, DateTimeOffset now)
    {
        if (onHand == OnHand)
            return false;

        (OnHand, Version, ChangedAt) = (onHand, Version + 1, now);
        return true;
    }

    public StockChanged Changed() => new()
    {
        ProductId = ProductId.ToString(),
        OnHand = OnHand,
        Reserved = Reserved,
        Available = Available,
        Version = Version,
        ChangedAt = ChangedAt.ToTimestamp(),
    };
}
