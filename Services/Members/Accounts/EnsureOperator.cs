using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Members.Accounts;

/// <summary>Runs <see cref="OperatorAccount"/> at every start, as soon as the database is ready; retries until it succeeds.</summary>
internal sealed partial class EnsureOperator(IServiceScopeFactory scopes, DatabaseReadiness database, TimeProvider clock, ILogger<EnsureOperator> logger)
    : RecurringWorker(database, clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OperatorAccount>().EnsureAsync(stopping);
        return null;
    }

    protected override TimeSpan OnFailure(Exception failure)
    {
        LogNotUpdated(failure);
        return Pause;
    }

    [LoggerMessage(LogLevel.Warning, "The operator's account could not be updated; retrying")]
    private partial void LogNotUpdated(Exception failure);
}
