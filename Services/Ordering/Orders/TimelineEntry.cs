namespace Shop.Ordering.Orders;

/// <summary>An entry of an order's timeline: what happened, and when.</summary>
internal sealed class TimelineEntry
{
    public required DateTimeOffset At { get; init; }

    public required string What { get; init; }
}
