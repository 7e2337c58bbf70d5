using Microsoft.EntityFrameworkCore;

namespace Shop.Payments.Reconciliation;

/// <summary>One comparison: the provider's movements since the last one, our attempts since the last one, and what was still open.</summary>
internal sealed class CompareLedger(PaymentsDb db, ComparisonCursor cursor, CompareMovements movements, CompareAttempts attempts)
{
    /// <returns>How long until the next one is due.</returns>
    public async Task<TimeSpan> RunIfDueAsync(CancellationToken cancel)
    {
        if (await cursor.ClaimAsync(cancel)
            && await AllAsync(movements.PageAsync, cancel)
            && await AllAsync(attempts.PageAsync, cancel))
        {
            await CloseAsync(cancel);
            await cursor.FinishAsync(cancel);
        }

        return await cursor.DueInAsync(cancel);
    }

    /// <returns>False: another replica has taken over.</returns>
    private static async Task<bool> AllAsync(Func<CancellationToken, Task<PageResult>> page, CancellationToken cancel)
    {
        while (true)
        {
            switch (await page(cancel))
            {
                case PageResult.End:
                    return true;
                case PageResult.TakenOver:
                    return false;
            }
        }
    }

    /// <summary>Marks what has been repaired since: a payment was recorded after its charge was compared, or the scheduled release is complete.</summary>
    private Task<int> CloseAsync(CancellationToken cancel) => db.Database.ExecuteSqlAsync(
        $"""
        update differences d set repaired = true
        from intents i
        where not d.repaired and i.order_id = d.order_id and i.charge_id = d.charge_id
          and (d.kind = {DifferenceKind.UnknownCharge}
            or d.kind = {DifferenceKind.NotReleased} and i.status in ('voided', 'refunded') and i.reconcile_at is null)
        """, cancel);
}
