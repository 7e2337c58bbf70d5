using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Payments.Provider;
using Shop.Persistence;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Payments.Reconciliation;

/// <summary>
/// Reconciles intents that are due: outcomes in doubt that no caller repeats, and releases that are not complete. Replicas share the work: a claim moves the due time, so
/// the intents of a replica that dies become due again.
/// </summary>
internal sealed partial class Reconciler(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<ReconciliationOptions> options, TimeProvider clock, ILogger<Reconciler> logger)
    : RecurringWorker(database, clock)
{
    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await ReconcileDueAsync(stopping);
        return options.Value.Interval;
    }

    protected override TimeSpan OnFailure(Exception failure)
    {
        LogRoundFailed(failure);
        return options.Value.Interval;
    }

    private async Task ReconcileDueAsync(CancellationToken cancel)
    {
        var due = await ClaimAsync(cancel);
        // When the provider is unavailable, the rest of the round is skipped: it is due again after the claim.
        using var outage = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Concurrency, CancellationToken = outage.Token };
        try
        {
            await Parallel.ForEachAsync(due, parallel, async (orderId, _) =>
            {
                if (!await ReconcileAsync(orderId, cancel))
                    await outage.CancelAsync();
            });
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogProviderUnavailable(due.Count);
        }
    }

    /// <summary>By the database's clock: a replica whose own clock is ahead would take over claims that have not ended.</summary>
    internal async Task<List<Guid>> ClaimAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
        var (lease, batch) = (options.Value.Lease, options.Value.Batch);
        // An idle round costs the inner query only: one read of an index that is nearly always empty.
        return await db.Database.SqlQuery<Guid>($"""
            update intents set reconcile_at = now() + {lease}, reconcile_attempts = reconcile_attempts + 1
            where order_id in (select order_id from intents where reconcile_at <= now() order by reconcile_at limit {batch} for update skip locked)
            returning order_id as "Value"
            """).ToListAsync(cancel);
    }

    /// <returns>False: the provider is unavailable.</returns>
    private async Task<bool> ReconcileAsync(Guid orderId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<ReconcileIntent>().HandleAsync(orderId, cancel);
            return true;
        }
        catch (Exception failure) when (failure is OutcomeUnknownException or UnavailableException)
        {
            return false;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            LogReconcileFailed(failure, orderId);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A round of reconciliation failed; the next round retries")]
    private partial void LogRoundFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "The payment of order {OrderId} could not be reconciled")]
    private partial void LogReconcileFailed(Exception failure, Guid orderId);

    [LoggerMessage(LogLevel.Information, "The payment provider is unavailable; {Count} payments wait for reconciliation")]
    private partial void LogProviderUnavailable(int count);
}
