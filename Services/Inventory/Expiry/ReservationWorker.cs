using Microsoft.Extensions.Options;
using Shop.Inventory.Reservations;
using Shop.Persistence;

namespace Shop.Inventory.Expiry;

/// <summary>Looks after reservations that no command will come for. Every replica has one; they do not get in each other's way.</summary>
internal sealed partial class ReservationWorker(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<ReservationOptions> options, TimeProvider clock, ILogger<ReservationWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.ExpiryInterval, clock);
        do
        {
            try
            {
                while (await ExpireAsync(stoppingToken))
                {
                    // A batch was full: there may be more.
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was, the next turn tries again: nothing else would ever give this stock back.
                LogFailed(failure, options.Value.ExpiryInterval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> ExpireAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (expired, isFull) = await scope.ServiceProvider.GetRequiredService<ExpireReservations>().RunAsync(cancel);
        if (expired > 0)
            LogExpired(expired);
        return isFull;
    }

    [LoggerMessage(LogLevel.Information, "{Count} reservations expired, their stock is free again")]
    private partial void LogExpired(int count);

    [LoggerMessage(LogLevel.Error, "Looking after reservations failed; next try in {Interval}")]
    private partial void LogFailed(Exception failure, TimeSpan interval);
}
