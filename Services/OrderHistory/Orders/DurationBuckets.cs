namespace Shop.OrderHistory.Orders;

/// <summary>A histogram of durations: 20 buckets a decade from 1 ms, each about 12 % wide, so a percentile is exact to that.</summary>
internal static class DurationBuckets
{
    private const int PerDecade = 20;

    /// <summary>Its upper bound is 10^8 ms, more than a day; longer ones are counted in it, too.</summary>
    private const int Last = 8 * PerDecade;

    /// <summary>0 is up to 1 ms.</summary>
    public static int Of(TimeSpan duration) =>
        duration.TotalMilliseconds <= 1 ? 0 : Math.Min(Last, (int)Math.Ceiling(PerDecade * Math.Log10(duration.TotalMilliseconds)));

    /// <summary>The duration, in milliseconds, below which that share of the durations lies, by linear interpolation within its bucket.</summary>
    /// <param name="counts">By bucket; at least one.</param>
    /// <param name="share">0 to 1.</param>
    public static double Percentile(IReadOnlyDictionary<int, long> counts, double share)
    {
        var wanted = share * counts.Values.Sum();
        var below = 0L;
        foreach (var (bucket, count) in counts.OrderBy(bucket => bucket.Key))
        {
            if (below + count >= wanted)
                return Math.Round(LowerBound(bucket) + (UpperBound(bucket) - LowerBound(bucket)) * (wanted - below) / count, 1);

            below += count;
        }

        return UpperBound(counts.Keys.Max());
    }

    private static double UpperBound(int bucket) => Math.Pow(10, (double)bucket / PerDecade);

    private static double LowerBound(int bucket) => bucket == 0 ? 0 : UpperBound(bucket - 1);
}
