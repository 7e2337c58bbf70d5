using System.Globalization;

namespace Shop.Chaos.Running;

/// <summary>How far a run is.</summary>
internal sealed class RunProgress(int orders, World world, Kills kills)
{
    private readonly long _begun = TimeProvider.System.GetTimestamp();

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_begun);

    public async Task EveryAsync(TimeSpan interval, Action<string> say, CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped))
                say(Line());
        }
        catch (OperationCanceledException)
        {
            // the end
        }
    }

    private string Line()
    {
        var (done, elapsed) = (world.Done, Elapsed);
        var left = done == 0 ? "unknown" : Clock(elapsed / done * Math.Max(0, orders - done));
        return string.Create(CultureInfo.InvariantCulture,
            $"{done} of {world.Placed} placed orders done, {orders} planned; {done / elapsed.TotalSeconds:0.0} orders/s, {kills.All.Count} kills, elapsed {Clock(elapsed)}, left about {left}");
    }

    private static string Clock(TimeSpan time) => $"{(int)time.TotalMinutes}:{time.Seconds:00}";
}
