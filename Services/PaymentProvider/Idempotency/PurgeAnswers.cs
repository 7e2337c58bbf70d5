using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.PaymentProvider.Database;

namespace Shop.PaymentProvider.Idempotency;

/// <summary>Purges old answers, in batches. A charge keeps its key for ever, so no key ever charges twice.</summary>
internal sealed partial class PurgeAnswers(IServiceScopeFactory scopes, IOptions<ProviderOptions> options, TimeProvider clock, ILogger<PurgeAnswers> logger) : BackgroundService
{
    private const int BatchSize = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Answers.Interval, clock);
        do
        {
            try
            {
                while (await PurgeAsync(stoppingToken) == BatchSize) { }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> PurgeAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProviderDb>();
        var before = clock.GetUtcNow() - options.Value.Answers.Retention;
        return await db.Database.ExecuteSqlAsync($"""
            delete from answers where idempotency_key in (
                select idempotency_key from answers where answered_at < {before} order by answered_at limit {BatchSize} for update skip locked)
            """, cancel);
    }

    [LoggerMessage(LogLevel.Warning, "The purge of old answers failed; it is repeated after the next interval")]
    private partial void LogFailed(Exception failure);
}
