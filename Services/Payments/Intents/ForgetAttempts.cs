using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Messaging.Database;

namespace Shop.Payments.Intents;

/// <summary>Deletes the minutes of payments that nobody can dispute any more, so that the table does not grow for ever.</summary>
internal sealed partial class ForgetAttempts(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<AttemptOptions> options, TimeProvider clock, ILogger<ForgetAttempts> log)
    : BackgroundService
{
    private const int Batch = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ForgetAsync(stoppingToken) == Batch)
                {
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
    }

    private async Task<int> ForgetAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
        // Their ids tell their time, so the primary key finds the old ones.
        var oldest = Guid.CreateVersion7(clock.GetUtcNow() - options.Value.Retention);
        return await db.Database.ExecuteSqlAsync(
            $"delete from attempts where id in (select id from attempts where id < {oldest} order by id limit {Batch} for update skip locked)", cancel);
    }

    [LoggerMessage(1, LogLevel.Warning, "Old attempts could not be removed; the next round tries again.")]
    private partial void LogFailed(Exception failure);
}
