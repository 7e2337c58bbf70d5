using Microsoft.Extensions.Options;
using Shop.Inventory.Reservations;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Inventory.Expiry;

/// <summary>Expires reservations that are neither confirmed nor released in time. Runs on every replica.</summary>
internal sealed partial class ExpiryWorker(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<ReservationOptions> options, TimeProvider clock, ILogger<ExpiryWorker> logger)
    : RecurringWorker(database, clock)
{
    // After a full batch there may be more.
    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping) => await ExpireAsync(stopping) ? TimeSpan.Zero : options.Value.ExpiryInterval;

    /// <summary>Any failure is retried: no other code releases this stock.</summary>
    protected override TimeSpan OnFailure(Exception failure)
    {
        LogFailed(failure, options.Value.ExpiryInterval);
        return options.Value.ExpiryInterval;
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
