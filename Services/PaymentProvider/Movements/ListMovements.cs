using Microsoft.EntityFrameworkCore;
using Shop.PaymentProvider.Database;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.PaymentProvider.Movements;

/// <param name="Amount">Minor units: of this movement.</param>
/// <param name="Refunded">Minor units: the sum of the charge's refunds after this movement.</param>
internal sealed record MovementView(
    long Sequence, string ChargeId, string IdempotencyKey, string Kind, long Amount, string Currency, long Refunded, DateTimeOffset At);

/// <param name="Next">Where to read on: the sequence of the last item, or what was asked for if there is none.</param>
internal sealed record MovementPage(IReadOnlyList<MovementView> Items, long Next);

/// <summary>All movements in order of their sequence. A reader that goes on from <c>next</c> misses none, whatever is written meanwhile.</summary>
internal static class ListMovements
{
    private const int DefaultSize = 100;
    private const int MaxSize = 1_000;

    public static async Task<MovementPage> HandleAsync(long? after, int? pageSize, ProviderDb db, CancellationToken cancel)
    {
        var (from, size) = (after ?? 0, pageSize ?? DefaultSize);
        var check = new Check();
        check.That(from >= 0, "after", "must not be below 0");
        check.That(size is >= 1 and <= MaxSize, "pageSize", $"must be from 1 to {MaxSize}");
        check.ThrowIfAny();

        var items = await db.Database.CreateExecutionStrategy().ExecuteAsync(async cancel =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            // Waits for the writers that have a sequence and are about to commit; without it, a smaller sequence could appear behind the reader.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({MovementTable.LockKey})", cancel);
            return await db.Movements.AsNoTracking()
                .Where(movement => movement.Sequence > from)
                .OrderBy(movement => movement.Sequence)
                .Take(size)
                .Select(m => new MovementView(m.Sequence, m.ChargeId, m.IdempotencyKey, m.Kind, m.Amount, m.Currency, m.Refunded, m.At))
                .ToListAsync(cancel);
        }, cancel);

        return new MovementPage(items, items is [.., var last] ? last.Sequence : from);
    }
}
