using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>Meter and activity source <c>Shop.OrderHistory</c>.</summary>
internal sealed class RebuildMetrics : IDisposable
{
    private const string Name = "Shop.OrderHistory";

    public static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _events;
    private readonly Histogram<double> _duration;

    public RebuildMetrics()
    {
        _events = _meter.CreateCounter<long>("shop.order_history.rebuild.events", "{event}", "Events read by rebuilds that were swapped in.");
        _duration = _meter.CreateHistogram<double>("shop.order_history.rebuild.duration", "s", "From a rebuild's start to its swap.",
            advice: new() { HistogramBucketBoundaries = [1, 5, 10, 30, 60, 300, 900, 3600] });
    }

    public void Swapped(long events, TimeSpan duration)
    {
        _events.Add(events);
        _duration.Record(duration.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();
}
