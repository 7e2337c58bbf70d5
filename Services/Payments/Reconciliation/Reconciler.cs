using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Payments.Provider;
using Shop.Persistence;
using Shop.ServiceDefaults;

namespace Shop.Payments.Reconciliation;

/// <summary>
/// Finds what nobody asks about again: outcomes that stayed unknown, and releases that are owed. Replicas share the work by moving the due time of what they take;
/// that also is the retry, if one of them dies.
/// </summary>
internal sealed partial class Reconciler(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<ReconciliationOptions> options, TimeProvider clock, ILogger<Reconciler> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogRoundFailed(failure);
            }
        }
    }

    private async Task RoundAsync(CancellationToken cancel)
    {
        var due = await ClaimAsync(cancel);
        // In an outage the rest of the round would only find out the same: it is due again after the claim.
        using var away = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Concurrency, CancellationToken = away.Token };
        try
        {
            await Parallel.ForEachAsync(due, parallel, async (orderId, _) =>
            {
                if (!await ReconcileAsync(orderId, cancel))
                    await away.CancelAsync();
            });
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogProviderAway(due.Count);
        }
    }

    /// <summary>By the database's clock: to a replica whose own is ahead, everybody's claims would have ended.</summary>
    internal async Task<List<Guid>> ClaimAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
        var (claim, batch) = (options.Value.Claim, options.Value.Batch);
        // The inner query is all that an idle round costs: one look into an index that is nearly always empty.
        return await db.Database.SqlQuery<Guid>($"""
            update intents set reconcile_at = now() + {claim}, reconcile_attempts = reconcile_attempts + 1
            where order_id in (select order_id from intents where reconcile_at <= now() order by reconcile_at limit {batch} for update skip locked)
            returning order_id as "Value"
            """).ToListAsync(cancel);
    }

    /// <returns>False: the provider is away.</returns>
    private async Task<bool> ReconcileAsync(Guid orderId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<FollowProvider>().HandleAsync(orderId, cancel);
            return true;
        }
        catch (Exception trouble) when (trouble is OutcomeUnknownException or UnavailableException)
        {
            return false;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            LogReconcileFailed(failure, orderId);
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A round of reconciliation failed; the next one takes it up.")]
    private partial void LogRoundFailed(Exception failure);

    [LoggerMessage(2, LogLevel.Error, "The payment of order {OrderId} could not be reconciled.")]
    private partial void LogReconcileFailed(Exception failure, Guid orderId);

    [LoggerMessage(3, LogLevel.Information, "The payment provider is away; {Count} payments wait to be reconciled.")]
    private partial void LogProviderAway(int count);
}
