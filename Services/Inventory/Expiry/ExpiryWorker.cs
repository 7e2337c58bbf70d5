using Microsoft.Extensions.Options;
using Shop.Inventory.Reservations;
using Shop.Persistence;

namespace Shop.Inventory.Expiry;

/// <summary>Expires reservations that are neither confirmed nor released in time. Runs on every replica.</summary>
internal sealed partial class ExpiryWorker(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<ReservationOptions> options, TimeProvider clock, ILogger<ExpiryWorker> logger)
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
                // Retry after any failure: nothing else releases this stock.
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

    [LoggerMessage(LogLevel.Information, "{Count} reservations expired; their stock is available again")]
    private partial void LogExpired(int count);

    [LoggerMessage(LogLevel.Error, "Reservations could not be expired; retry in {Interval}")]
    private partial void LogFailed(Exception failure, TimeSpan interval);
}
