using Microsoft.Extensions.Options;
using Shop.Inventory.Reservations;
using Shop.Messaging;
using Shop.Messaging.Database;

namespace Shop.Inventory.Expiry;

/// <summary>Looks after reservations that no command will come for. Every replica has one; they do not get in each other's way.</summary>
internal sealed partial class ReservationWorker(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<ReservationOptions> options, TimeProvider clock, ILogger<ReservationWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        await Task.WhenAll(
            EveryAsync(options.Value.ExpiryInterval, ExpireAsync, stoppingToken),
            EveryAsync(ForgetInterval, ForgetAsync, stoppingToken));
    }

    private async Task EveryAsync(TimeSpan interval, Func<IServiceProvider, CancellationToken, Task<bool>> work, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            try
            {
                bool more;
                do
                {
                    await using var scope = scopes.CreateAsyncScope();
                    more = await work(scope.ServiceProvider, stopping);
                }
                while (more);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                // Whatever it was, the next turn tries again: nothing else would ever give this stock back.
                LogFailed(failure, interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task<bool> ExpireAsync(IServiceProvider scope, CancellationToken cancel)
    {
        var (expired, isFull) = await scope.GetRequiredService<ExpireReservations>().RunAsync(cancel);
        if (expired > 0)
            LogExpired(expired);
        return isFull;
    }

    private async Task<bool> ForgetAsync(IServiceProvider scope, CancellationToken cancel)
    {
        var (forgotten, isFull) = await scope.GetRequiredService<ForgetReservations>().RunAsync(cancel);
        if (forgotten > 0)
            LogForgotten(forgotten);
        return isFull;
    }

    [LoggerMessage(LogLevel.Information, "{Count} reservations expired, their stock is free again")]
    private partial void LogExpired(int count);

    [LoggerMessage(LogLevel.Information, "{Count} old reservations forgotten")]
    private partial void LogForgotten(int count);

    [LoggerMessage(LogLevel.Error, "Looking after reservations failed; next try in {Interval}")]
    private partial void LogFailed(Exception failure, TimeSpan interval);
}
