using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Shop.Catalog.Tests.Speed;

/// <summary>Throughput and latency of calls by a number of sequential callers, and their CPU cost.</summary>
/// <param name="CpuMilliseconds">CPU time of the whole machine per call: callers, service and database.</param>
internal sealed record Pace(int Calls, double PerSecond, double P50, double P95, double P99, double Max, double CpuMilliseconds)
{
    public static async Task<Pace> OfAsync(int callers, TimeSpan duration, Func<Random, Task> call, TimeSpan pause = default)
    {
        var times = new ConcurrentBag<double>();
        var cpu = MachineCpu();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(1, callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            while (clock.Elapsed < duration)
            {
                var begun = Stopwatch.GetTimestamp();
                await call(random);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause);
            }
        })));
        var seconds = clock.Elapsed.TotalSeconds;
        var used = MachineCpu() - cpu;
        var sorted = times.Order().ToList();
        double At(double share) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
        return new(sorted.Count, sorted.Count / seconds, At(.5), At(.95), At(.99), sorted[^1], used.TotalMilliseconds / sorted.Count);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Calls,7} calls {PerSecond,8:0} /s   p50 {P50,7:0.00}  p95 {P95,7:0.00}  p99 {P99,7:0.00}  max {Max,7:0.0} ms   CPU {CpuMilliseconds:0.00} ms a call");

    // user, nice, system of all cores, in hundredths of a second.
    private static TimeSpan MachineCpu() =>
        TimeSpan.FromMilliseconds(10 * File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(3).Sum(long.Parse));
}
