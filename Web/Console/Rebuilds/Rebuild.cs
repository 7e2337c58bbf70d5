namespace Shop.Console.Rebuilds;

/// <summary>The last rebuild of the order history.</summary>
/// <param name="State"><c>idle</c>, <c>running</c>, <c>swapped</c> or <c>failed</c>.</param>
/// <param name="Error">Why it has failed.</param>
/// <param name="EventsTotal">On the topics, as far as known.</param>
public sealed record Rebuild(string State, long EventsRead, long EventsTotal, DateTimeOffset? StartedAt, DateTimeOffset? SwappedAt, string? Error = null);
