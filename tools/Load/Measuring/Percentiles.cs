namespace Shop.Load.Measuring;

/// <summary>Percentiles of durations in milliseconds, by nearest rank: each one is a measured value.</summary>
internal sealed class Percentiles
{
    private readonly double[] _sorted;

    public Percentiles(IEnumerable<double> milliseconds)
    {
        _sorted = [.. milliseconds];
        Array.Sort(_sorted);
    }

    public int Count => _sorted.Length;

    public double At(double share) => _sorted.Length == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    public override string ToString() =>
        Count == 0 ? "none" : $"p50 {At(0.5):0} ms  p95 {At(0.95):0} ms  p99 {At(0.99):0} ms  longest {At(1):0} ms";
}
