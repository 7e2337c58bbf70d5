using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Shipping.Courier;

/// <summary>Looks for due shipments again and again, in every replica. With a manual pace there is nothing to look for.</summary>
internal sealed partial class CourierWorker(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<CourierOptions> options, TimeProvider clock, ILogger<CourierWorker> logger) : Worker
{
    protected override async Task WorkAsync(CancellationToken stopping)
    {
        if (options.Value.Pace is CourierPace.Manual)
            return;

        await database.WaitAsync(stopping);
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
        {
            try
            {
                while (await MoveAsync(stopping))
                {
                    // A batch was full: there may be more.
                }
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                // Whatever it was, the next turn tries again: nothing else would ever move these shipments.
                LogFailed(failure, options.Value.Interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task<bool> MoveAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (delivered, dispatched, isFull) = await scope.ServiceProvider.GetRequiredService<DueShipments>().MoveAsync(cancel);
        if (delivered + dispatched > 0)
            LogMoved(dispatched, delivered);
        return isFull;
    }

    [LoggerMessage(LogLevel.Information, "{Dispatched} shipments were dispatched, {Delivered} delivered")]
    private partial void LogMoved(int dispatched, int delivered);

    [LoggerMessage(LogLevel.Error, "Due shipments could not be moved; next try in {Interval}")]
    private partial void LogFailed(Exception failure, TimeSpan interval);
}
