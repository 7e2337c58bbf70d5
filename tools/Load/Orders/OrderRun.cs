using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Load.Customers;

namespace Shop.Load.Orders;

/// <summary>Places a number of orders, by buyers with one order in flight each, or at a rate, and waits until all have ended.</summary>
internal sealed class OrderRun(OrderCall call, OrderTracker tracker, IReadOnlyList<Buyer> buyers)
{
    private const int MaxInFlight = 20_000;
    private readonly ConcurrentBag<PlacedOrder> _placed = [];
    private int _begun;

    public IReadOnlyCollection<PlacedOrder> Placed => _placed;

    /// <summary>From the first call to the last answer.</summary>
    public TimeSpan PlacingLasted { get; private set; }

    /// <returns>False: it took too long, and some orders have not ended.</returns>
    public async Task<bool> RunAsync(int count, double? rate, bool waits, CancellationToken cancel)
    {
        using var stopped = new CancellationTokenSource();
        var progress = Progress.EveryAsync(TimeSpan.FromSeconds(5), () => $"{_placed.Count} of {count} placed, {tracker.Open} pending", stopped.Token);
        try
        {
            var begun = Stopwatch.GetTimestamp();
            var ends = rate is { } perSecond
                ? await AtRateAsync(count, perSecond, cancel)
                : await ByBuyersAsync(count, waits, cancel);
            PlacingLasted = Stopwatch.GetElapsedTime(begun);
            await Task.WhenAll(ends).WaitAsync(cancel);
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await stopped.CancelAsync();
            await progress;
        }
    }

    private async Task<IEnumerable<Task>> ByBuyersAsync(int count, bool waits, CancellationToken cancel)
    {
        var ends = new ConcurrentBag<Task>();
        await Task.WhenAll(buyers.Select(async buyer =>
        {
            while (Interlocked.Increment(ref _begun) is var number && number <= count)
            {
                var placed = await call.PlaceAsync(buyer, number, Stopwatch.GetTimestamp(), cancel);
                _placed.Add(placed);
                if (placed.Id is not { } id)
                    continue;
                var end = tracker.EndOf(id);
                if (waits)
                    await end.WaitAsync(cancel);
                else
                    ends.Add(end);
            }
        }));
        return ends;
    }

    /// <summary>Latency counts from when a call was due, to avoid coordinated omission: a shop that stalls must not look fast because of fewer calls.</summary>
    private async Task<IEnumerable<Task>> AtRateAsync(int count, double perSecond, CancellationToken cancel)
    {
        using var permits = new SemaphoreSlim(MaxInFlight);
        var begun = Stopwatch.GetTimestamp();
        var calls = new List<Task<Task>>(count);
        for (var number = 0; number < count; number++)
        {
            var due = begun + (long)(number / perSecond * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                await Task.Delay(early, cancel);
            await permits.WaitAsync(cancel);
            calls.Add(OneAsync(number, due));
        }
        return await Task.WhenAll(calls);

        async Task<Task> OneAsync(int number, long due)
        {
            var placed = await call.PlaceAsync(buyers[number % buyers.Count], number, due, cancel);
            permits.Release();
            _placed.Add(placed);
            return placed.Id is { } id ? tracker.EndOf(id) : Task.CompletedTask;
        }
    }
}
