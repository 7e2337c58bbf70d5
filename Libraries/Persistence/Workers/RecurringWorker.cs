namespace Shop.Persistence.Workers;

/// <summary>
/// Work that is repeated until the process stops, as soon as the database is ready. A round that fails is reported and repeated; only what <see cref="OnFailure"/> throws
/// ends the process. One round at a time in a process; replicas are not coordinated.
/// </summary>
public abstract class RecurringWorker(DatabaseReadiness database, TimeProvider clock) : Worker
{
    /// <summary>One round.</summary>
    /// <returns>How long to wait for the next; null: the work is finished for good.</returns>
    protected abstract Task<TimeSpan?> RunAsync(CancellationToken stopping);

    /// <summary>Logs the failure of a round. Not called for failures during the stop.</summary>
    /// <returns>How long to wait before the round is repeated.</returns>
    protected abstract TimeSpan OnFailure(Exception failure);

    /// <inheritdoc/>
    protected sealed override async Task WorkAsync(CancellationToken stopping)
    {
        await database.WaitAsync(stopping);
        while (await RoundAsync(stopping) is { } wait)
            await Task.Delay(wait, clock, stopping);
    }

    private async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        try
        {
            return await RunAsync(stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            return OnFailure(failure);
        }
    }
}
