using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Persistence;
using Shop.Persistence.Connections;
using Shop.Persistence.Workers;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>
/// Does the rebuild that was asked for. The replica that does it holds an advisory lock in a session of its own: if it dies, the lock is free, and another replica, or this
/// one after its restart, begins the same rebuild again.
/// </summary>
internal sealed partial class RebuildWorker(
    IServiceScopeFactory scopes, SessionConnections sessions, RunRebuild run, DatabaseReadiness database, TimeProvider clock, ILogger<RebuildWorker> logger)
    : RecurringWorker(database, clock)
{
    private const int MaxAttempts = 3;
    private const long Lock = 0x72656275696c6473;   // "rebuilds"
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <param name="Running">The rebuild that was asked for; null: none.</param>
    /// <param name="Tables">A rebuild is under way, or has left its tables.</param>
    private sealed record Due(Guid? Running, bool Tables);

    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        var due = await DueAsync(stopping);
        // Tables without a rebuild are left by one that has failed or was cancelled, whichever replica did it.
        if (due is { Running: null, Tables: false })
            return Interval;

        await using var session = await sessions.OpenAsync(stopping);
        if (!await TryLockAsync(session, stopping))
            return Interval;
        if (due.Running is not { } id)
            await NewTables.DropAsync(session, stopping);
        else if (await BeginAsync(id, stopping) is { } attempt)
            await RebuildAsync(attempt, session, stopping);
        return Interval;
    }

    protected override TimeSpan OnFailure(Exception failure)
    {
        LogNotBegun(failure.Message);
        return Interval;
    }

    private async Task RebuildAsync(RebuildAttempt attempt, NpgsqlConnection session, CancellationToken stopping)
    {
        try
        {
            await run.RunAsync(attempt, session, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogFailed(failure, attempt.Id);
            await FailAsync(attempt, failure.Message, stopping);
        }
    }

    /// <summary>One query, because it runs every second.</summary>
    private async Task<Due> DueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OrderHistoryDb>().Database.SqlQuery<Due>($"""
            select (select id from rebuilds where state = {RebuildState.Running}) as running, exists (select from pg_namespace where nspname = {NewTables.Schema}) as tables
            """).SingleAsync(cancel);
    }

    /// <returns>Null: it has ended, or was begun too often; then it has failed.</returns>
    private async Task<RebuildAttempt?> BeginAsync(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Nobody else begins one: this session holds the lock.
        if (await Running(scope).Where(rebuild => rebuild.Id == id).Select(rebuild => (int?)rebuild.Attempts).SingleOrDefaultAsync(cancel) is not { } before)
            return null;
        if (before >= MaxAttempts)
        {
            await FailAsync(new(id, before), $"It was begun {MaxAttempts} times, and its process ended each time.", cancel);
            return null;
        }
        var attempt = new RebuildAttempt(id, before + 1);
        var begun = await Running(scope).Where(rebuild => rebuild.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(rebuild => rebuild.Attempts, attempt.Number).SetProperty(rebuild => rebuild.EventsRead, 0), cancel);
        return begun == 1 ? attempt : null;
    }

    private async Task FailAsync(RebuildAttempt attempt, string error, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await attempt.Of(scope.ServiceProvider.GetRequiredService<OrderHistoryDb>())
            .ExecuteUpdateAsync(set => set.SetProperty(rebuild => rebuild.State, RebuildState.Failed).SetProperty(rebuild => rebuild.Error, error), cancel);
        // Its tables are dropped in the next round: the failure may have cost the session, and with it the lock.
    }

    private static IQueryable<Rebuild> Running(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<OrderHistoryDb>().Rebuilds.Where(rebuild => rebuild.State == RebuildState.Running);

    private static async Task<bool> TryLockAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", session) { Parameters = { new() { Value = Lock } } };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    [LoggerMessage(LogLevel.Error, "Rebuild {Id} has failed; the tables that served stay")]
    private partial void LogFailed(Exception failure, Guid id);

    [LoggerMessage(LogLevel.Warning, "A rebuild that is due could not be found or begun, or the tables of one that was not swapped in could not be dropped: {Reason}")]
    private partial void LogNotBegun(string reason);
}
