using Shop.Chaos.Buying;
using Shop.Chaos.Killing;
using Shop.Checker;
using Shop.Load.Running;

namespace Shop.Chaos;

/// <summary>Orders in waves, a death in each, and at the end the books: everything must add up.</summary>
public sealed class ChaosRun(string infoFile, ChaosOptions options, Action<string> say)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public async Task<ChaosReport> RunAsync(CancellationToken cancel)
    {
        var document = ShopDocument.Parse(await File.ReadAllTextAsync(infoFile, cancel));
        // One source for the plan and one for the crowd: neither depends on how fast the other is.
        var plan = ChaosPlan.Of(options, new Random(options.Seed));
        var crowd = await Crowd.GatherAsync(ShopInfo.Read(infoFile), options.Orders, new Random(options.Seed), cancel);
        var killer = new Killer(infoFile);
        var deaths = new List<Death>();

        foreach (var wave in plan)
        {
            crowd.Buy(wave.Orders, cancel);
            await Task.Delay(wave.After, cancel);
            deaths.Add(await killer.KillAsync(wave.Victim, cancel));
            say($"killed {wave.Victim.Process} {wave.Victim.Moment.Name} ({string.Join(", ", deaths[^1].Pids)}); orders under way: {deaths[^1].UnderWay?.ToString() ?? "unknown"}");
            await WaitAsync(wave.Then, killer, deaths, cancel);
        }

        await crowd.FinishAsync();
        say($"every order was answered, or given up: {crowd.Repeats} had to be asked for again");
        await WaitAsync(pause: null, killer, deaths, cancel);
        var report = await Check.AtRestAsync(document, crowd.Record, options.MendsWithin, cancel);
        return new(deaths, crowd.Record, crowd.Unanswered, crowd.Repeats, report);
    }

    private async Task WaitAsync(TimeSpan? pause, Killer killer, IReadOnlyList<Death> deaths, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!(killer.AllAreBack(deaths) && pause is null) && TimeProvider.System.GetElapsedTime(begun) < (pause ?? options.MendsWithin))
            await Task.Delay(Look, cancel);
    }
}
