using Microsoft.EntityFrameworkCore;
using Shop.Messaging.Database;

namespace Shop.Ordering.Idempotency;

/// <summary>Makes tomorrow's partition of keys and drops the days of which every key is past its 24 hours. One replica at a time, once an hour.</summary>
public sealed partial class ForgetOldKeys(IServiceScopeFactory scopes, DatabaseReadiness database, TimeProvider clock, ILogger<ForgetOldKeys> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    // More than was promised: the clocks of replicas differ.
    private static readonly TimeSpan s_keep = PlacedRequest.Kept + TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = s_every;
            try
            {
                await TidyAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Keys without a day of their own lie in the default partition meanwhile. A lock that was not to be had at once is the usual reason.
                next = s_again;
                LogFailed(e);
            }

            await Task.Delay(next, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task TidyAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingDb>();
        await db.Database.ExecuteSqlAsync($"select tidy_placed_requests({clock.GetUtcNow()}, {s_keep})", cancel);
    }

    [LoggerMessage(1, LogLevel.Warning, "The days of idempotency keys could not be tidied; trying again in a minute.")]
    private partial void LogFailed(Exception e);
}
