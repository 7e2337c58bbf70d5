using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Messaging.Topics;
using Shop.OrderHistory.Figures;
using Shop.OrderHistory.Projection;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>
/// Reads the topics from their beginning into new tables while the old ones serve and grow; then stops the projection for a moment, reads the rest, takes over from the old
/// tables what the topics no longer have, and swaps: all of that in one transaction.
/// </summary>
internal sealed partial class RunRebuild(
    IServiceScopeFactory scopes, TopicReaders topics, RebuildMetrics metrics, IOptions<FigureOptions> figures, TimeProvider clock, ILogger<RunRebuild> logger)
{
    private const int ReadAtOnce = 20_000;

    /// <summary>So few events are left that the projection may wait for them.</summary>
    private const int FewEvents = 1_000;

    private const int MaxRounds = 10;

    /// <summary>The projection waits as long. More is not needed for a few events, unless the topics have lost some or the broker is unavailable.</summary>
    private static readonly TimeSpan LastReadWithin = TimeSpan.FromMinutes(1);

    /// <summary>Ends without a swap when the attempt has ended meanwhile.</summary>
    /// <param name="session">Of this rebuild alone; its limits are changed.</param>
    public async Task RunAsync(RebuildAttempt attempt, NpgsqlConnection session, CancellationToken stopping)
    {
        using var span = RebuildMetrics.Source.StartActivity("rebuild");
        await using var watch = new RebuildWatch(attempt, scopes, clock, failure => LogNotWatched(attempt.Id, failure.Message), stopping);
        try
        {
            if (!await RebuildAsync(attempt, session, watch.Token, stopping))
                LogEnded(attempt.Id, "it was not running any more when it was to be swapped in");
        }
        catch (Exception failure) when (watch.HasEnded && !stopping.IsCancellationRequested)
        {
            LogEnded(attempt.Id, failure.Message);
        }
    }

    /// <param name="cancel">Of the work until the rebuild is swapped in; the commit cannot be broken off by it.</param>
    private async Task<bool> RebuildAsync(RebuildAttempt attempt, NpgsqlConnection session, CancellationToken cancel, CancellationToken stopping)
    {
        var begun = clock.GetTimestamp();
        await using var tables = await NewTables.CreateAsync(session, cancel);
        using var reader = await topics.OpenAsync(cancel);
        var rows = new ReplayedRows(tables);

        for (var round = 0; round == 0 || (round < MaxRounds && reader.EventsTotal - reader.EventsRead > FewEvents); round++)
        {
            await ReadAsync(attempt, reader, rows, cancel);
            await reader.ExtendAsync(cancel);
        }
        await rows.FlushAsync(cancel);
        await tables.AddIndexesAsync(cancel);

        await using var transaction = await session.BeginTransactionAsync(cancel);
        await tables.ExecuteAsync($"select pg_advisory_xact_lock({ProjectionLocks.Tables})", cancel);
        // Every event that the old tables have was on its topic before the projection got it.
        await ReadLastAsync(attempt, reader, rows, cancel);
        var (replayed, kept) = (await tables.CountAsync("rebuild.orders", cancel), await new OldRows(tables).TakeOverAsync(cancel));
        var orders = await tables.CountOrdersAsync(cancel);
        if (orders.Missing > 0)
            throw new InvalidOperationException($"{orders.Missing} of the {orders.Before} orders of the serving table are missing in the new one, which has {orders.After}.");
        await tables.FillFiguresAsync(figures.Value, cancel);
        if (!await tables.SwapAsync(attempt, orders, reader.EventsRead, reader.EventsTotal, cancel))
            return false;
        await transaction.CommitAsync(stopping);

        var duration = clock.GetElapsedTime(begun);
        metrics.Swapped(reader.EventsRead, duration);
        LogSwapped(attempt.Id, reader.EventsRead, replayed, kept, reader.Unreadable, duration.TotalSeconds, reader.EventsRead / duration.TotalSeconds);
        return true;
    }

    private async Task ReadLastAsync(RebuildAttempt attempt, TopicReader reader, ReplayedRows rows, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(LastReadWithin, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await reader.ExtendAsync(limit.Token);
            await ReadAsync(attempt, reader, rows, limit.Token);
            await rows.FlushAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The last events could not be read within {LastReadWithin}.");
        }
    }

    private async Task ReadAsync(RebuildAttempt attempt, TopicReader reader, ReplayedRows rows, CancellationToken cancel)
    {
        while (!reader.IsAtEnd)
        {
            await rows.MergeAsync(reader.Read(ReadAtOnce, cancel), cancel);
            await ReportAsync(attempt, reader, cancel);
        }
    }

    /// <summary>On a connection of its own: others see it before the swap.</summary>
    private async Task ReportAsync(RebuildAttempt attempt, TopicReader reader, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (read, total) = (reader.EventsRead, reader.EventsTotal);
        await attempt.Of(scope.ServiceProvider.GetRequiredService<OrderHistoryDb>())
            .ExecuteUpdateAsync(set => set.SetProperty(rebuild => rebuild.EventsRead, read).SetProperty(rebuild => rebuild.EventsTotal, total), cancel);
    }

    [LoggerMessage(LogLevel.Information, "Rebuild {Id}: {Events} events read, {Orders} orders rebuilt, {Kept} taken over in whole or in part because their events are gone, {Unreadable} events unreadable; {Seconds:0.0} s, {PerSecond:0} events/s")]
    private partial void LogSwapped(Guid id, long events, long orders, long kept, long unreadable, double seconds, double perSecond);

    [LoggerMessage(LogLevel.Information, "Rebuild {Id} is broken off, because an operator has cancelled it or another replica has begun it again: {Reason}")]
    private partial void LogEnded(Guid id, string reason);

    [LoggerMessage(LogLevel.Warning, "Whether rebuild {Id} was cancelled could not be read: {Reason}")]
    private partial void LogNotWatched(Guid id, string reason);
}
