using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Shipping.Courier;

/// <summary>Advances shipments when they are due, in every replica. With a manual pace there is nothing to do.</summary>
internal sealed partial class CourierWorker(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<CourierOptions> options, TimeProvider clock, ILogger<CourierWorker> logger)
    : RecurringWorker(database, clock)
{
    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        if (options.Value.Pace is CourierPace.Manual)
            return null;

        var wait = await AdvanceAsync(stopping);
        return wait > options.Value.Interval ? wait : options.Value.Interval;
    }

    /// <summary>Any failure is retried: no other code advances these shipments.</summary>
    protected override TimeSpan OnFailure(Exception failure)
    {
        LogFailed(failure, options.Value.Interval);
        return options.Value.Interval;
    }

    /// <returns>How long nothing will be due.</returns>
    private async Task<TimeSpan> AdvanceAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var due = scope.ServiceProvider.GetRequiredService<DueShipments>();
        bool isFull;
        do
        {
            (var delivered, var dispatched, isFull) = await due.AdvanceAsync(cancel);
            if (delivered + dispatched > 0)
                LogAdvanced(dispatched, delivered);
        }
        while (isFull);
        return await due.NextInAsync(cancel);
    }

    [LoggerMessage(LogLevel.Information, "{Dispatched} shipments were dispatched, {Delivered} delivered")]
    private partial void LogAdvanced(int dispatched, int delivered);

    [LoggerMessage(LogLevel.Error, "Due shipments could not be advanced; next try in {Interval}")]
    private partial void LogFailed(Exception failure, TimeSpan interval);
}
