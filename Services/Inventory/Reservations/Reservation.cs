using Shop.Inventory.Stock;

namespace Shop.Inventory.Reservations;

/// <summary>
/// The stock that one order reserves, and the reservation's status. It is retained after its end, so that a late or repeated command gets the same result.
/// A reservation without lines is a tombstone: the order was released before its Reserve arrived.
/// </summary>
public sealed class Reservation
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
        new() { OrderId = input.OrderId, ProductIds = input.ProductIds, Quantities = input.Quantities, ExpiresAt = now + input.Lifetime };

    public bool Holds(Guid[] productIds, int[] quantities) =>
        ProductIds.Zip(Quantities).OrderBy(line => line.First).SequenceEqual(productIds.Zip(quantities).OrderBy(line => line.First));

    internal IReadOnlyCollection<StockChange> Changes(Func<Guid, long, StockChange> change) => [.. ProductIds.Zip(Quantities, (product, quantity) => change(product, quantity))];
}
