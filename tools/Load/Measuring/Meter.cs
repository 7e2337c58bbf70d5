using System.Diagnostics;
using Shop.Load.Running;

namespace Shop.Load.Measuring;

/// <summary>The cost of a period.</summary>
/// <param name="Lasted">The period of <paramref name="Cpu"/>.</param>
/// <param name="Cpu">CPU seconds by process.</param>
/// <param name="CountersLasted">The period of <paramref name="Database"/>: longer, since the counters are read after a delay.</param>
internal sealed record Cost(TimeSpan Lasted, IReadOnlyDictionary<string, double> Cpu, TimeSpan CountersLasted, DatabaseCounters Database)
{
    /// <summary>CPU of the shop without the load program.</summary>
    public double ShopCpu => Cpu.Where(process => process.Key != ShopProcesses.Load).Sum(process => process.Value);
}

/// <summary>Reads the counters of processes and servers at the start and the end of a period.</summary>
internal sealed class Meter(RunningShop shop, ShopProcesses processes)
{
    private IReadOnlyDictionary<string, double> _cpu = new Dictionary<string, double>();
    private DatabaseCounters? _database;
    private long _begun;

    public async Task BeginAsync(CancellationToken cancel)
    {
        _database = await DatabaseCounters.ReadAsync(shop.Info.Servers(), cancel);
        _cpu = processes.Cpu();
        _begun = Stopwatch.GetTimestamp();
    }

    /// <param name="settle">Waits until every session has reported its counters. CPU and time are read before that wait.</param>
    public async Task<Cost> EndAsync(bool settle, CancellationToken cancel)
    {
        var lasted = Stopwatch.GetElapsedTime(_begun);
        var cpu = processes.Cpu();
        if (settle)
            await Task.Delay(DatabaseCounters.Settle, cancel);
        var database = await DatabaseCounters.ReadAsync(shop.Info.Servers(), cancel);
        var grown = cpu.ToDictionary(process => process.Key, process => process.Value - _cpu.GetValueOrDefault(process.Key));
        return new(lasted, grown, Stopwatch.GetElapsedTime(_begun), database.Since(_database!));
    }
}
