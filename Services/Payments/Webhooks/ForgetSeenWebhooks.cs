using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Messaging.Database;
using Shop.Payments.Provider;

namespace Shop.Payments.Webhooks;

/// <summary>Past the tolerance a replay is refused for its age: there is no need to remember it any longer.</summary>
internal sealed partial class ForgetSeenWebhooks(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<ProviderOptions> options, TimeProvider clock, ILogger<ForgetSeenWebhooks> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
                // Twice the tolerance: a time may also lie ahead of ours.
                var old = clock.GetUtcNow() - 2 * options.Value.WebhookTolerance;
                await db.SeenWebhooks.Where(webhook => webhook.SeenAt < old).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old webhook ids could not be removed; the next round tries again.")]
    private partial void LogFailed(Exception failure);
}
