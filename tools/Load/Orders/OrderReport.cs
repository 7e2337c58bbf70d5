using Shop.Load.Measuring;

namespace Shop.Load.Orders;

/// <summary>The figures of a run.</summary>
/// <param name="Idle">The idle cost of the shop, measured before.</param>
/// <param name="Limit">Plain commits per second.</param>
/// <param name="OwnQueries">This program's own queries in Ordering's database.</param>
internal sealed record OrderReport(
    string What, OrderRun Run, IReadOnlyList<Ending> Endings, Cost Idle, Cost Cost, double Limit, int Connections, long OwnQueries)
{
    public void Print()
    {
        Console.WriteLine(What);
        Console.WriteLine();
        PrintSpeed();
        PrintErrors();
        Console.WriteLine();
        PrintCpu();
        Console.WriteLine();
        PrintCommits();
    }

    /// <summary>The duration of the call.</summary>
    public Percentiles Call { get; } = new(Run.Placed.Select(placed => placed.Milliseconds));

    /// <summary>From placed to confirmed.</summary>
    public Percentiles Whole { get; } = new(Endings.Where(ending => ending.IsSold).Select(ending => (ending.EndedAt - ending.PlacedAt).TotalMilliseconds));

    private int Confirmed => Endings.Count(ending => ending.IsSold);

    private double ConfirmedPerSecond => Endings.Count == 0 ? 0 : Confirmed / (Endings.Max(ending => ending.EndedAt) - Endings.Min(ending => ending.PlacedAt)).TotalSeconds;

    private void PrintSpeed()
    {
        var accepted = Run.Placed.Count(placed => placed.Id is not null);
        Console.WriteLine($"placed     {accepted / Run.PlacingLasted.TotalSeconds,7:0.0}/s  the call            {Call}");
        Console.WriteLine($"confirmed  {ConfirmedPerSecond,7:0.0}/s  placed → confirmed  {Whole}");
    }

    private void PrintErrors()
    {
        var errors = Run.Placed.Select(placed => placed.Error)
            .Concat(Endings.Select(ending => ending.IsSold ? null : $"{ending.Status}: {ending.Reason}"))
            .OfType<string>()
            .CountBy(kind => kind)
            .Select(kind => $"{kind.Value} × {kind.Key}")
            .ToList();
        var open = Run.Placed.Count(placed => placed.Id is not null) - Endings.Count;
        if (open > 0)
            errors.Add($"{open} × not ended in time");
        Console.WriteLine($"errors     {(errors.Count == 0 ? "none" : string.Join(", ", errors))}");
    }

    private void PrintCpu()
    {
        var orders = Math.Max(1, Endings.Count);
        var table = new Table("CPU", "ms an order", "% of a core", "idle %");
        foreach (var (process, seconds) in Cost.Cpu.Where(process => process.Key != ShopProcesses.Load).OrderByDescending(process => process.Value))
            table.Add(process, $"{seconds / orders * 1000:0.00}", Share(seconds, Cost), Share(Idle.Cpu.GetValueOrDefault(process), Idle));
        table.Add("the shop", $"{Cost.ShopCpu / orders * 1000:0.00}", Share(Cost.ShopCpu, Cost), Share(Idle.ShopCpu, Idle));
        table.Add(ShopProcesses.Load, $"{Cost.Cpu[ShopProcesses.Load] / orders * 1000:0.00}", Share(Cost.Cpu[ShopProcesses.Load], Cost), "");
        Console.WriteLine(table);

        static string Share(double seconds, Cost cost) => $"{seconds / cost.Lasted.TotalSeconds * 100:0.0}";
    }

    private void PrintCommits()
    {
        var orders = Math.Max(1, Endings.Count);
        var table = new Table("database", "commits an order", "less idle commits", "idle a second");
        long own(string name) => name == "ordering" ? OwnQueries : 0;
        double total = 0;
        foreach (var (database, commits) in Cost.Database.Commits.OrderByDescending(database => database.Value))
        {
            var idle = Idle.Database.Commits.GetValueOrDefault(database) / Idle.CountersLasted.TotalSeconds;
            var net = Math.Max(0, commits - own(database) - idle * Cost.CountersLasted.TotalSeconds) / orders;
            total += net;
            table.Add(database, $"{(double)(commits - own(database)) / orders:0.00}", $"{net:0.00}", $"{idle:0.0}");
        }
        table.Add("all", $"{(double)(Cost.Database.AllCommits - OwnQueries) / orders:0.00}", $"{total:0.00}", $"{Idle.Database.AllCommits / Idle.CountersLasted.TotalSeconds:0.0}");
        Console.WriteLine(table);
        Console.WriteLine();
        var writes = (double)Cost.Database.Writes / orders;
        Console.WriteLine($"writing    {writes:0.00} transactions an order; {(double)Cost.Database.Flushes / orders:0.00} waits for the disk; {(double)Cost.Database.LogBytes / orders / 1024:0.0} KB of log");
        Console.WriteLine($"the limit  {Limit:0} plain commits a second with {Connections} connections = {Limit / Math.Max(ConfirmedPerSecond, 0.001):0.0} for each confirmed order; the shop's writing transactions are {ConfirmedPerSecond * writes / Limit:P0} of it");
    }
}
