using Shop.Load.Customers;
using Shop.Load.Measuring;
using Shop.Load.Running;

namespace Shop.Load.ColdStart;

/// <summary><c>cold</c>: how the first customers fare, right after the shop said that it is ready, on a machine that is busy with something else.</summary>
public static class ColdLoad
{
    private const double MostMilliseconds = 1_000;

    /// <param name="busy">How many threads compute meanwhile.</param>
    public static async Task<bool> RunAsync(RunningShop shop, int count, int busy, CancellationToken cancel)
    {
        // Seconds on the clock depend on what else the machine does; these hardly do.
        var processes = new ShopProcesses(shop);
        var untilReady = CpuOf(shop, processes);
        using var gateway = new GatewayClient(shop.Info.Gateway);
        var customers = new FirstCustomers(gateway);
        using (new BusyCores(busy))
            await customers.ComeAsync(count, cancel);

        var afterwards = CpuOf(shop, processes);

        Console.WriteLine($"the first {count} customers after a start of {shop.Starts[^1].TotalSeconds:0.0} s, {busy} thread{(busy == 1 ? "" : "s")} computing meanwhile");
        var table = new Table("call", "times", "first ms", "p50", "longest", "failed");
        foreach (var calls in customers.Answers.GroupBy(answer => answer.What))
        {
            var took = new Percentiles(calls.Select(answer => answer.Milliseconds));
            table.Add(calls.Key, $"{took.Count}", $"{calls.First().Milliseconds:0}", $"{took.At(0.5):0}", $"{took.At(1):0}", $"{calls.Count(answer => answer.Error is not null)}");
        }
        Console.WriteLine(table);
        Console.WriteLine($"  CPU of the services: {untilReady:0.0} s until ready, {afterwards - untilReady:0.0} s for these customers");
        foreach (var error in customers.Answers.Where(answer => answer.Error is not null).CountBy(answer => (answer.What, answer.Error)))
            Console.WriteLine($"  {error.Key.What} was answered with {error.Key.Error}: {error.Value} times");

        var slow = customers.Answers.Count(answer => answer.Milliseconds > MostMilliseconds);
        var failed = customers.Answers.Count(answer => answer.Error is not null);
        Console.WriteLine();
        Console.WriteLine($"ready means ready   {(slow + failed == 0 ? "kept" : "NOT kept")}: {failed} failed, {slow} took longer than {MostMilliseconds:0} ms");
        return failed == 0;
    }

    private static double CpuOf(RunningShop shop, ShopProcesses processes)
    {
        var cpu = processes.Cpu();
        return shop.Info.Services.Keys.Sum(service => cpu.GetValueOrDefault(service));
    }
}
