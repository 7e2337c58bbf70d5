using System.Diagnostics;

namespace Shop.Kit.Tests;

internal sealed class Deadline(TimeSpan limit)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public bool HasPassed => Stopwatch.GetElapsedTime(_started) > limit;
}
