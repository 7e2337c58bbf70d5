using Shop.Chaos.Buying;
using Shop.Chaos.Killing;
using Shop.Checker;
using Shop.Load.Running;

namespace Shop.Chaos;

/// <summary>Orders in waves with a kill in each, and a consistency check at the end.</summary>
public sealed class ChaosRun(string infoFile, ChaosOptions options, Action<string> say)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    public async Task<ChaosReport> RunAsync(CancellationToken cancel)
    {
        var document = ShopDocument.Parse(await File.ReadAllTextAsync(infoFile, cancel));
        // Separate random sources for plan and workload, so that neither depends on the timing of the other.
        var plan = ChaosPlan.Of(options, new Random(options.Seed));
        var workload = await Workload.CreateAsync(ShopInfo.Read(infoFile), options.Orders, new Random(options.Seed), cancel);
        var killer = new Killer(infoFile);
        var kills = new List<ProcessKill>();

        foreach (var wave in plan)
        {
            workload.Buy(wave.Orders, cancel);
            await Task.Delay(wave.After, cancel);
            kills.Add(await killer.KillAsync(wave.Victim, cancel));
            say($"killed {wave.Victim.Process} {wave.Victim.Moment.Name} ({string.Join(", ", kills[^1].Pids)}); pending orders: {kills[^1].PendingOrders?.ToString() ?? "unknown"}");
            await WaitAsync(wave.Then, killer, kills, cancel);
        }

        await workload.FinishAsync();
        say($"all requests have ended; {workload.Repeats} were repeated");
        await WaitAsync(pause: null, killer, kills, cancel);
        var report = await Check.AtRestAsync(document, workload.Record, options.RecoversWithin, cancel);
        return new(kills, workload.Record, workload.Unanswered, workload.Repeats, report);
    }

    private async Task WaitAsync(TimeSpan? pause, Killer killer, IReadOnlyList<ProcessKill> kills, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!(killer.HaveAllRecovered(kills) && pause is null) && TimeProvider.System.GetElapsedTime(begun) < (pause ?? options.RecoversWithin))
            await Task.Delay(PollInterval, cancel);
    }
}
