using Microsoft.Extensions.Options;
using Shop.Payments.Provider;
using Shop.Persistence;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Payments.Reconciliation;

/// <summary>Compares our ledger with the provider's at intervals, in one replica at a time. The next replica goes on from the stored cursors.</summary>
internal sealed partial class LedgerWorker(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<ReconciliationOptions> options, TimeProvider clock, ILogger<LedgerWorker> logger)
    : RecurringWorker(database, clock)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);

    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var wait = await scope.ServiceProvider.GetRequiredService<CompareLedger>().RunIfDueAsync(stopping);
        return TimeSpan.FromTicks(Math.Clamp(wait.Ticks, ShortestWait.Ticks, LongestWait.Ticks));
    }

    protected override TimeSpan OnFailure(Exception failure)
    {
        if (failure is OutcomeUnknownException or UnavailableException)
            LogProviderUnavailable(failure.Message);
        else
            LogFailed(failure);
        return LongestWait;
    }

    private TimeSpan LongestWait => options.Value.LedgerInterval > ShortestWait ? options.Value.LedgerInterval : ShortestWait;

    [LoggerMessage(LogLevel.Information, "The ledger was not compared to its end, since the payment provider is unavailable; the next comparison goes on: {Reason}")]
    private partial void LogProviderUnavailable(string reason);

    [LoggerMessage(LogLevel.Error, "The comparison with the provider's ledger failed; the next one goes on where it stopped")]
    private partial void LogFailed(Exception failure);
}
