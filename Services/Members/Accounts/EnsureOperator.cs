using Shop.Persistence;

namespace Shop.Members.Accounts;

/// <summary>Runs <see cref="OperatorAccount"/> at every start, as soon as the database is ready; retries until it succeeds.</summary>
public sealed partial class EnsureOperator(IServiceScopeFactory scopes, DatabaseReadiness database, TimeProvider clock, ILogger<EnsureOperator> log) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested && !await TryAsync(stoppingToken))
            await Task.Delay(s_pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<OperatorAccount>().EnsureAsync(cancel);
            return true;
        }
        catch (Exception e)
        {
            if (!cancel.IsCancellationRequested)
                NotYet(e);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The operator's account could not be updated; retrying.")]
    private partial void NotYet(Exception e);
}
