using Microsoft.EntityFrameworkCore;
using Shop.Payments.Provider;

namespace Shop.Payments.Reconciliation;

/// <summary>What our ledger has of some orders: the sum of each kind of transfer, in minor units.</summary>
internal sealed class Bookings
{
    private readonly Dictionary<(Guid OrderId, string Kind), long> _sums;

    private Bookings(Dictionary<(Guid, string), long> sums) => _sums = sums;

    public static async Task<Bookings> LoadAsync(PaymentsDb db, IReadOnlyCollection<Guid> orderIds, CancellationToken cancel)
    {
        var transfers = await db.Transfers.AsNoTracking()
            .Where(transfer => orderIds.Contains(transfer.OrderId))
            .Select(transfer => new { transfer.OrderId, transfer.Kind, Amount = transfer.Postings.Where(posting => posting.Amount > 0).Sum(posting => posting.Amount) })
            .ToListAsync(cancel);
        return new(transfers.GroupBy(transfer => (transfer.OrderId, transfer.Kind)).ToDictionary(kind => kind.Key, kind => kind.Sum(transfer => transfer.Amount)));
    }

    /// <summary>The movement is recorded. Refunds are compared by their sum: one of our transfers may stand for several of theirs.</summary>
    public bool Has(Movement movement) => movement.Kind switch
    {
        MovementKind.Other => true,
        MovementKind.Refund => Sum(movement) >= movement.Refunded,
        _ => Sum(movement) > 0,
    };

    /// <summary>The movement is recorded with another amount.</summary>
    public bool Differs(Movement movement) => movement.Kind is MovementKind.Authorise or MovementKind.Capture or MovementKind.Void
        && Sum(movement) is > 0 and var amount && amount != movement.Amount;

    private long Sum(Movement movement) => movement.OrderId is { } orderId ? _sums.GetValueOrDefault((orderId, movement.Kind.ToText())) : 0;
}
