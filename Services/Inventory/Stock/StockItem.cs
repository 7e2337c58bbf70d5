using Google.Protobuf.WellKnownTypes;
using Shop.Inventory.V1;

namespace Shop.Inventory.Stock;

/// <summary>
/// The stock of one product. 0 ≤ reserved ≤ on hand: a check constraint enforces it.
/// It changes under a lock on its row only (<c>LockedStock</c>).
/// </summary>
internal sealed class StockItem
{
    private StockItem() { }

    public Guid ProductId { get; private init; }

    /// <summary>Units in the warehouse, reserved or not.</summary>
    public long OnHand { get; private set; }

    public long Reserved { get; private set; }

    /// <summary>Grows with every change; the events contain it.</summary>
    public long Version { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public long Available => OnHand - Reserved;

    public static StockItem Of(Guid productId, long onHand, long reserved, long version) =>
        new() { ProductId = productId, OnHand = onHand, Reserved = reserved, Version = version };

    /// <summary>Sets the counted quantity.</summary>
    public void Count(long onHand) => OnHand = onHand;

    internal bool Can(StockChange change) =>
        OnHand + change.OnHand >= 0 && Reserved + change.Reserved >= 0 && Reserved + change.Reserved <= OnHand + change.OnHand;

    internal void Apply(StockChange change) => (OnHand, Reserved) = (OnHand + change.OnHand, Reserved + change.Reserved);

    public void Stamp(DateTimeOffset now) => (Version, ChangedAt) = (Version + 1, now);

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
