using Shop.Load.Measuring;
using Shop.Load.Running;

namespace Shop.Load.Rest;

/// <summary><c>rest</c>: memory, CPU and commits of an idle shop; and the start times, if this program started it.</summary>
internal static class RestLoad
{
    private const double MaxMemory = 2048.0 * 1024 * 1024;
    private const double MaxCpu = 0.05;

    public static async Task<bool> RunAsync(RunningShop shop, TimeSpan settle, TimeSpan duration, CancellationToken cancel)
    {
        var processes = new ShopProcesses(shop);
        Progress.Say($"waiting {settle.TotalSeconds:0} s for the shop to settle…");
        await Task.Delay(settle, cancel);

        var meter = new Meter(shop, processes);
        Progress.Say($"measuring for {duration.TotalSeconds:0} s…");
        await meter.BeginAsync(cancel);
        await Task.Delay(duration, cancel);
        var cost = await meter.EndAsync(settle: false, cancel);
        var memory = processes.Memory();

        for (var i = 0; i < shop.Starts.Count; i++)
            Console.WriteLine($"start {i + 1}    {shop.Starts[i].TotalSeconds:0.0} s until all was healthy{(i == 0 ? " (empty: servers, databases and topics are made)" : " (with data)")}");
        Console.WriteLine();

        var table = new Table("at rest", "memory MB", "CPU % of a core");
        foreach (var (process, bytes) in memory.Where(process => process.Key != ShopProcesses.Load).OrderByDescending(process => process.Value))
            table.Add(process, Megabytes(bytes), Share(cost.Cpu.GetValueOrDefault(process), cost));
        var sum = memory.Where(process => process.Key != ShopProcesses.Load).Sum(process => process.Value);
        table.Add("all", Megabytes(sum), Share(cost.ShopCpu, cost));
        Console.WriteLine(table);
        Console.WriteLine();

        var commits = new Table("database", "commits a second");
        foreach (var (database, count) in cost.Database.Commits.OrderByDescending(database => database.Value))
            commits.Add(database, $"{count / cost.CountersLasted.TotalSeconds:0.00}");
        commits.Add("all", $"{cost.Database.AllCommits / cost.CountersLasted.TotalSeconds:0.00}");
        commits.Add("of them writing", $"{cost.Database.Writes / cost.CountersLasted.TotalSeconds:0.00}");
        Console.WriteLine(commits);
        Console.WriteLine();
        Console.WriteLine($"memory     {Verdict(sum <= MaxMemory)}: {Megabytes(sum)} MB of {Megabytes((long)MaxMemory)} MB (proportional set size, all processes)");
        Console.WriteLine($"CPU        {Verdict(cost.ShopCpu / cost.Lasted.TotalSeconds <= MaxCpu)}: {Share(cost.ShopCpu, cost)} % of a core of {MaxCpu * 100:0} %");
        return true;

        static string Megabytes(long bytes) => $"{bytes / 1024.0 / 1024.0:0}";
        static string Share(double seconds, Cost cost) => $"{seconds / cost.Lasted.TotalSeconds * 100:0.00}";
        static string Verdict(bool kept) => kept ? "kept" : "NOT kept";
    }
}
