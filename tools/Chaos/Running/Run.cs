using Shop.Chaos.Killing;
using Shop.Chaos.Plans;
using Shop.Chaos.Reporting;
using Shop.Checker;
using Shop.Load.Running;

namespace Shop.Chaos.Running;

/// <summary>
/// Does what a plan says, against a running shop, until the plan ends or a check at rest finds a violation. Steps begin in the plan's order; how long each takes, and what
/// it meets, depends on the shop.
/// </summary>
public sealed class Run(string infoFile, IEnumerable<Step> plan, RunSettings settings, Action<string> say)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(15);

    public async Task<RunReport> RunAsync(CancellationToken cancel)
    {
        var document = ShopDocument.Parse(await File.ReadAllTextAsync(infoFile, cancel));
        var shop = ShopInfo.Read(infoFile);
        await using var world = await World.CreateAsync(shop, settings, cancel);
        await using var kills = new Kills(infoFile, say, cancel);
        var progress = new RunProgress(settings.Orders, world, kills);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var telling = progress.EveryAsync(ProgressEvery, say, ended.Token);
        var rest = new Rest(document, shop, world, kills, settings);
        Report? last = null;

        foreach (var step in plan)
        {
            await Task.Delay(step.Pause, cancel);
            switch (step)
            {
                case Kill kill:
                    kills.Add(kill);
                    break;
                case WaitAfterKill wait:
                    await kills.WaitAsync(wait.For, settings.RecoversWithin, cancel);
                    break;
                case CheckAtRest:
                    last = await rest.CheckAsync(cancel);
                    say($"{step.Number - 1} steps, {world.Record.Orders.Count} orders: at rest, {(last.IsOk ? "all invariants hold" : "INVARIANTS ARE VIOLATED")}");
                    break;
                default:
                    await world.DoAsync(step, cancel);
                    break;
            }

            if (last is { IsOk: false } || world.Log.Unexpected.Count > 0 && step is CheckAtRest)
                break;
        }

        await ended.CancelAsync();
        await telling;
        return new(settings, plan, kills.All, world.Record, world.Log.ToFigures(), world.Faults, progress.Elapsed, last, await ShopFigures.ReadAsync(shop, cancel));
    }
}
