using System.Diagnostics;
using Shop.Load.Running;

namespace Shop.Load.Measuring;

/// <summary>What a stretch of time cost.</summary>
/// <param name="Lasted">As far as CPU is concerned.</param>
/// <param name="Cpu">Seconds by process.</param>
/// <param name="CountersLasted">The databases' counters come in a little later, and what idles goes on meanwhile.</param>
public sealed record Cost(TimeSpan Lasted, IReadOnlyDictionary<string, double> Cpu, TimeSpan CountersLasted, DatabaseCounters Database)
{
    /// <summary>CPU of the shop without the load program.</summary>
    public double ShopCpu => Cpu.Where(process => process.Key != ShopProcesses.Load).Sum(process => process.Value);
}

/// <summary>Reads the counters of processes and servers at a beginning and an end.</summary>
public sealed class Meter(RunningShop shop, ShopProcesses processes)
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

    /// <param name="settle">Waits until every session's counters are in. CPU and time are taken before that wait.</param>
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
