using Shop.Chaos;
using Shop.Chaos.Running;
using Shop.Load;
using Shop.Load.Running;

// Exit code 0: all invariants hold. 1: some do not. 2: the run failed.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    var (plan, settings) = Commands.Parse(args);
    Console.WriteLine($"{settings.Repeats}: starting a shop of its own, empty…");
    // A courier that is fast enough to be killed at work, and slow enough for operators who are faster.
    await using var shop = new OwnAppHost(("Shop__Courier__DispatchAfter", "00:00:02"), ("Shop__Courier__DeliverAfter", "00:00:04"));
    await shop.StartAsync(stop.Token);
    Console.WriteLine($"it is healthy after {shop.Starts[^1].TotalSeconds:0.0} s");

    var report = await new Run(shop.InfoFile, plan, settings, Console.WriteLine).RunAsync(stop.Token);

    Console.WriteLine(report.ToText());
    return report.IsOk ? 0 : 1;
}
catch (MistakeException failure)
{
    Console.Error.WriteLine($"{args.FirstOrDefault("chaos")}: {failure.Message}");
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 2;
}
// Else the exit code would be the runtime's.
catch (Exception failure)
{
    Console.Error.WriteLine($"{args.FirstOrDefault("chaos")}: the run failed: {failure}");
    return 2;
}
