namespace Shop.Chaos.Plans;

/// <summary>The random numbers of one step. They follow from the seed and the step's number only, so no decision depends on what other steps drew, or on timing.</summary>
internal static class Draw
{
    public static Random Of(int seed, int step) => new((int)Mix(((ulong)(uint)seed << 32) | (uint)step));

    public static bool Chance(this Random random, double share) => random.NextDouble() < share;

    public static TimeSpan UpTo(this Random random, TimeSpan longest) => TimeSpan.FromMilliseconds(Math.Round(longest.TotalMilliseconds * random.NextDouble()));

    /// <summary>One of the entries, each as probable as its weight among all.</summary>
    public static T Weighted<T>(this Random random, IReadOnlyList<(int Weight, T Value)> entries)
    {
        var left = random.Next(entries.Sum(entry => entry.Weight));
        return entries.First(entry => (left -= entry.Weight) < 0).Value;
    }

    // The output function of SplitMix64: neighbouring numbers become unrelated ones. HashCode differs from process to process.
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
