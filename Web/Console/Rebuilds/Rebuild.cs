namespace Shop.Console.Rebuilds;

/// <summary>The last rebuild of the order history.</summary>
/// <param name="State"><c>idle</c>, <c>running</c>, <c>swapped</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Error">Why it has failed.</param>
/// <param name="EventsTotal">On the topics, as far as known.</param>
/// <param name="OrdersBefore">In the table that served until the swap.</param>
/// <param name="OrdersAfter">In the table that was swapped in.</param>
public sealed record Rebuild(
    string State, long EventsRead, long EventsTotal, DateTimeOffset? StartedAt, DateTimeOffset? SwappedAt, string? Error = null, long? OrdersBefore = null, long? OrdersAfter = null);
