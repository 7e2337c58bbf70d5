using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Shop.Payments.Reconciliation;

internal enum PageResult
{
    /// <summary>There may be another page.</summary>
    More,

    /// <summary>Everything that is old enough has been compared.</summary>
    End,

    /// <summary>Another replica has moved the cursor: it goes on.</summary>
    TakenOver,
}

/// <summary>
/// The claim on the comparison and its two cursors, by the database's clock. A claim lets one replica work at a time; a replica that stood still for longer than its claim
/// is fenced off by the cursor, which moves only from where that replica has read it.
/// </summary>
internal sealed class ComparisonCursor(PaymentsDb db, IOptions<ReconciliationOptions> options)
{
    /// <returns>False: it is not due, or another replica has it.</returns>
    public async Task<bool> ClaimAsync(CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"update ledger_comparisons set due_at = now() + {options.Value.Lease} where due_at <= now()", cancel) > 0;

    public Task<LedgerComparison> ReadAsync(CancellationToken cancel) => db.LedgerComparisons.AsNoTracking().SingleAsync(cancel);

    /// <summary>Inside the page's transaction, first: it waits for another replica's page, and then finds that the cursor has moved.</summary>
    /// <returns>False: another replica has moved it.</returns>
    public async Task<bool> MoveMovementAsync(long from, long to, int compared, CancellationToken cancel) => await db.Database.ExecuteSqlAsync(
        $"update ledger_comparisons set movement = {to}, compared = compared + {compared}, due_at = now() + {options.Value.Lease} where movement = {from}", cancel) > 0;

    /// <inheritdoc cref="MoveMovementAsync"/>
    public async Task<bool> MoveAttemptAsync(Guid from, Guid to, int compared, CancellationToken cancel) => await db.Database.ExecuteSqlAsync(
        $"update ledger_comparisons set attempt = {to}, compared = compared + {compared}, due_at = now() + {options.Value.Lease} where attempt = {from}", cancel) > 0;

    public Task FinishAsync(CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"update ledger_comparisons set compared_at = now(), due_at = now() + {options.Value.LedgerInterval}", cancel);

    /// <summary>How long until the next comparison is due.</summary>
    public Task<TimeSpan> DueInAsync(CancellationToken cancel) =>
        db.Database.SqlQuery<TimeSpan>($"select due_at - now() as \"Value\" from ledger_comparisons").SingleAsync(cancel);
}
