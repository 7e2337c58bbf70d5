using Shop.Load.Customers;
using Shop.Load.Measuring;
using Shop.Load.Running;

namespace Shop.Load.ColdStart;

/// <summary><c>cold</c>: latency and errors of the first customers, right after the shop is ready, on a busy machine.</summary>
internal static class ColdLoad
{
    private const double MaxMilliseconds = 1_000;

    /// <param name="busy">The number of threads that compute meanwhile.</param>
    public static async Task<bool> RunAsync(RunningShop shop, int count, int busy, CancellationToken cancel)
    {
        // Unlike elapsed time, CPU time hardly depends on other load of the machine.
        var processes = new ShopProcesses(shop);
        var untilReady = CpuOf(shop, processes);
        using var gateway = new GatewayClient(shop.Info.Gateway);
        var customers = new FirstCustomers(gateway);
        using (new BusyCores(busy))
            await customers.RunAsync(count, cancel);

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

        var slow = customers.Answers.Count(answer => answer.Milliseconds > MaxMilliseconds);
        var failed = customers.Answers.Count(answer => answer.Error is not null);
        Console.WriteLine();
        Console.WriteLine($"ready means ready   {(slow + failed == 0 ? "kept" : "NOT kept")}: {failed} failed, {slow} took longer than {MaxMilliseconds:0} ms");
        return failed == 0;
    }

    private static double CpuOf(RunningShop shop, ShopProcesses processes)
    {
        var cpu = processes.Cpu();
        return shop.Info.Services.Keys.Sum(service => cpu.GetValueOrDefault(service));
    }
}
