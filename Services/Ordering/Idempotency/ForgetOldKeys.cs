using Microsoft.EntityFrameworkCore;

namespace Shop.Ordering.Idempotency;

/// <summary>Keys are kept for a day; older ones go in small batches, so that no request ever waits for the clean-up.</summary>
public sealed partial class ForgetOldKeys(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetOldKeys> log) : BackgroundService
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private const int Batch = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ForgetBatchAsync(stoppingToken) == Batch) { }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);      // the next tick tries again; nothing depends on it being on time
            }
        }
    }

    public async Task<int> ForgetBatchAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingDb>();
        var before = clock.GetUtcNow() - Kept;
        return await db.PlacedRequests
            .Where(request => request.PlacedAt < before)
            .OrderBy(request => request.PlacedAt)
            .Take(Batch)
            .ExecuteDeleteAsync(cancel);
    }

    [LoggerMessage(1, LogLevel.Warning, "Old idempotency keys could not be removed; trying again in 10 minutes.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
