using Shop.Load.Measuring;
using Shop.Load.Running;

namespace Shop.Load.Rest;

/// <summary><c>rest</c>: what the shop takes when nobody comes: memory, CPU, commits; and how long it took to start, if it was started for this.</summary>
public static class RestLoad
{
    private const double MostMemory = 2048.0 * 1024 * 1024;
    private const double MostCpu = 0.05;

    public static async Task<bool> RunAsync(RunningShop shop, TimeSpan settle, TimeSpan duration, CancellationToken cancel)
    {
        var processes = new ShopProcesses(shop);
        Progress.Say($"letting it settle for {settle.TotalSeconds:0} s…");
        await Task.Delay(settle, cancel);

        var meter = new Meter(shop, processes);
        Progress.Say($"watching it for {duration.TotalSeconds:0} s…");
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
        Console.WriteLine($"memory     {Verdict(sum <= MostMemory)}: {Megabytes(sum)} MB of {Megabytes((long)MostMemory)} MB (proportional set size, all processes)");
        Console.WriteLine($"CPU        {Verdict(cost.ShopCpu / cost.Lasted.TotalSeconds <= MostCpu)}: {Share(cost.ShopCpu, cost)} % of a core of {MostCpu * 100:0} %");
        return true;

        static string Megabytes(long bytes) => $"{bytes / 1024.0 / 1024.0:0}";
        static string Share(double seconds, Cost cost) => $"{seconds / cost.Lasted.TotalSeconds * 100:0.00}";
        static string Verdict(bool kept) => kept ? "kept" : "NOT kept";
    }
}
