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

    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        if (await RunningAsync(stopping) is not { } id)
            return Interval;

        await using var session = await sessions.OpenAsync(stopping);
        if (await TryLockAsync(session, stopping) && await BeginAsync(id, stopping))
            await RebuildAsync(id, session, stopping);
        return Interval;
    }

    protected override TimeSpan OnFailure(Exception failure)
    {
        LogNotBegun(failure.Message);
        return Interval;
    }

    private async Task RebuildAsync(Guid id, NpgsqlConnection session, CancellationToken stopping)
    {
        try
        {
            await run.RunAsync(id, session, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogFailed(failure, id);
            await FailAsync(id, failure.Message, stopping);
        }
    }

    private async Task<Guid?> RunningAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Running(scope).Select(rebuild => (Guid?)rebuild.Id).SingleOrDefaultAsync(cancel);
    }

    /// <returns>False: it has ended, or was begun too often; then it has failed.</returns>
    private async Task<bool> BeginAsync(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var begun = await Running(scope).Where(rebuild => rebuild.Id == id && rebuild.Attempts < MaxAttempts)
            .ExecuteUpdateAsync(set => set.SetProperty(rebuild => rebuild.Attempts, rebuild => rebuild.Attempts + 1).SetProperty(rebuild => rebuild.EventsRead, 0), cancel);
        if (begun == 0)
            await FailAsync(id, $"It was begun {MaxAttempts} times, and its process ended each time.", cancel);
        return begun > 0;
    }

    private async Task FailAsync(Guid id, string error, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Running(scope).Where(rebuild => rebuild.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(rebuild => rebuild.State, RebuildState.Failed).SetProperty(rebuild => rebuild.Error, error), cancel);
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

    [LoggerMessage(LogLevel.Warning, "Whether a rebuild is due could not be found out: {Reason}")]
    private partial void LogNotBegun(string reason);
}
