namespace Shop.Persistence.Workers;

/// <summary>Delays between retries.</summary>
public static class Backoff
{
    /// <summary>Exponential with jitter: between half and all of <c>first · 2^(attempt−1)</c>, at most <paramref name="cap"/>. Attempts count from 1.</summary>
    public static TimeSpan Delay(int attempt, TimeSpan first, TimeSpan cap)
    {
        var full = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30)), cap.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * (0.5 + Random.Shared.NextDouble() / 2));
    }
}
