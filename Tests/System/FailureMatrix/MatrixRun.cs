using System.Diagnostics;
using Shop.Checker;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>Runs the whole matrix once, for all tests of <see cref="FailureMatrixTests"/>: a shop of its own, a batch of orders for each kind of kill, then the events.</summary>
public sealed class MatrixRun : IAsyncLifetime
{
    private static readonly TimeSpan AtRestWithin = TimeSpan.FromSeconds(120);
    private static readonly Fault[] WithoutKill = [Fault.Refused, Fault.Transient, Fault.TimeoutBefore, Fault.TimeoutAfter];
    private static readonly Fault[] OrderingKilled = [Fault.OrderingKilledBefore, Fault.OrderingKilledAfter, Fault.OrderingKilledStored];
    private static readonly Fault[] UpstreamKilled = [Fault.UpstreamKilledBefore, Fault.UpstreamKilledAfter];
    private static readonly Fault[] DatabaseRestarted = [Fault.DatabaseRestartedBefore, Fault.DatabaseRestartedAfter];

    private readonly ShopWithFaults _shop = new();
    private readonly List<string> _times = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Exception? _failure;

    internal IReadOnlyDictionary<string, Case> Cases { get; private set; } = new Dictionary<string, Case>();

    /// <summary>By token.</summary>
    internal IReadOnlyDictionary<string, Case> Tokens { get; } = PaymentTokens.Ends.ToDictionary(token => token.Key, token => new Case(token.Key, null, null, token.Value) { Token = token.Key });

    internal EventCases? Events { get; private set; }

    internal Report? Report { get; private set; }

    /// <summary>How long each part took.</summary>
    internal string Times => string.Join("\n", _times);

    public async ValueTask InitializeAsync()
    {
        try
        {
            await RunAsync();
        }
        catch (Exception failure)
        {
            _failure = failure;     // each test says so
        }
    }

    /// <summary>Throws if the run has failed as a whole.</summary>
    internal void HasRun() => Assert.True(_failure is null, $"The run has failed: {_failure}\n{Times}");

    private async Task RunAsync()
    {
        var all = Case.Of(Rows.All, Enum.GetValues<Fault>());
        Cases = all.ToDictionary(order => order.Name);
        await _shop.InitializeAsync();
        Say("the shop has started");
        var orders = new Orders(_shop);
        Events = new(_shop, orders, Say);
        await orders.PrepareAsync(all.Count + Tokens.Count + EventCases.All.Count);
        Say("members have coupons");

        await RunAsync(orders, all);
        await ReadEndsAsync(orders);
    }

    private async Task RunAsync(Orders orders, IReadOnlyList<Case> all)
    {
        var batches = new Batches(_shop, orders, Say);
        await batches.WithoutKillAsync([.. Of(WithoutKill), .. Tokens.Values]);
        await batches.OrderingKilledAsync(Of(OrderingKilled));
        await batches.UpstreamsKilledAsync(Of(UpstreamKilled));
        await batches.DatabasesKilledAsync(Of(DatabaseRestarted));
        await Events!.RunAsync([.. Tokens.Values]);

        IReadOnlyList<Case> Of(Fault[] faults) => [.. all.Where(order => faults.Contains(order.Fault!.Value))];
    }

    private async Task ReadEndsAsync(Orders orders)
    {
        var document = ShopDocument.Parse(await File.ReadAllTextAsync(_shop.Info.Path));
        Report = await Check.AtRestAsync(document, orders.Record, AtRestWithin, CancellationToken.None);
        var evidence = await Evidence.CollectAsync(document, orders.Record, CancellationToken.None);
        foreach (var order in orders.All.Where(order => order.IsPlaced))
            order.Actual = End.Of(order.Id, evidence);
        Say("all invariants are checked");
    }

    private void Say(string what)
    {
        _times.Add($"{_clock.Elapsed.TotalSeconds,6:0.0} s  {what}");
        Console.WriteLine($"failure matrix: {_times[^1]}");
    }

    public async ValueTask DisposeAsync() => await _shop.DisposeAsync();
}
