using System.Diagnostics;

namespace Shop.Load;

/// <summary>Progress messages go to standard error, so that standard output has the figures only.</summary>
internal static class Progress
{
    private static readonly long Begun = Stopwatch.GetTimestamp();

    public static void Say(string what) => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(Begun).TotalSeconds,6:0.0} s  {what}");

    /// <summary>Writes a message after every interval until stopped.</summary>
    public static async Task EveryAsync(TimeSpan pause, Func<string> what, CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped))
                Say(what());
        }
        catch (OperationCanceledException)
        {
            // the end
        }
    }
}
