using Shop.Inventory.Stock;

namespace Shop.Inventory.Reservations;

/// <summary>
/// The stock that one order reserves, and the reservation's status. It is retained after its end, so that a late or repeated command gets the same result.
/// A reservation without lines is a tombstone: the order was released before its Reserve arrived.
/// </summary>
internal sealed class Reservation
{
    private Reservation() { }

    public Guid OrderId { get; private init; }

    public string Status { get; private init; } = ReservationStatus.Reserved;

    /// <summary>The lines: the i-th product with the i-th quantity, each product once.</summary>
    public Guid[] ProductIds { get; private init; } = [];

    public int[] Quantities { get; private init; } = [];

    /// <summary>By the database's clock, which also decides whether it is overdue.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset? FinishedAt { get; private init; }

    /// <param name="now">By the database's clock.</param>
    internal static Reservation Of(ReserveInput input, DateTimeOffset now) =>
        new()
        {
            OrderId = input.OrderId,
            ProductIds = [.. input.Lines.Select(line => line.ProductId)],
            Quantities = [.. input.Lines.Select(line => (int)line.Reserved)],
            ExpiresAt = now + input.Lifetime,
        };

    internal bool Holds(IEnumerable<StockChange> lines) => Changes(StockChange.Reserve).ToHashSet().SetEquals(lines);

    internal IReadOnlyCollection<StockChange> Changes(Func<Guid, long, StockChange> change) => [.. ProductIds.Zip(Quantities, (product, quantity) => change(product, quantity))];
}
