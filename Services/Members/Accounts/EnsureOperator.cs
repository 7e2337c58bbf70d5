using Shop.Persistence;

namespace Shop.Members.Accounts;

/// <summary>Runs <see cref="OperatorAccount"/> at every start, as soon as the database is ready; retries until it succeeds.</summary>
internal sealed partial class EnsureOperator(IServiceScopeFactory scopes, DatabaseReadiness database, TimeProvider clock, ILogger<EnsureOperator> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested && !await TryAsync(stoppingToken))
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<OperatorAccount>().EnsureAsync(cancel);
            return true;
        }
        catch (Exception failure)
        {
            if (!cancel.IsCancellationRequested)
                LogNotUpdated(failure);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The operator's account could not be updated; retrying.")]
    private partial void LogNotUpdated(Exception failure);
}
