using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Notifications.Notices;

/// <summary>Makes what has waited for a registration that has arrived. In every replica; each takes what no other has locked.</summary>
internal sealed partial class WaitingWorker(IServiceScopeFactory scopes, UnmadeNotifications unmade, DatabaseReadiness database, TimeProvider clock, ILogger<WaitingWorker> logger) : RecurringWorker(database, clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var notify = scope.ServiceProvider.GetRequiredService<Notify>();
        while (await notify.MakeWaitingAsync(unmade, stopping) > 0)
        {
        }
        return Interval;
    }

    protected override TimeSpan OnFailure(Exception failure)
    {
        LogFailed(failure, Interval);
        return Interval;
    }

    [LoggerMessage(LogLevel.Error, "Waiting notifications could not be made; next try in {Interval}")]
    private partial void LogFailed(Exception failure, TimeSpan interval);
}
