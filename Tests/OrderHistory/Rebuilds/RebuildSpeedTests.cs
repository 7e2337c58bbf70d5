using Google.Protobuf;
using Shop.OrderHistory.Tests.Running;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Rebuilds;

/// <summary>Says how fast a rebuild is; docs/order-history.md has the figures of a quiet machine.</summary>
public sealed class RebuildSpeedTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    private const int Orders = 5_000;

    /// <summary>A machine that does much else at the same time is slower than a quiet one; this is what must not be fallen below.</summary>
    private const int LeastPerSecond = 3_000;

    [Fact]
    public async Task A_rebuild_reads_thousands_of_events_a_second_and_ends_in_the_rows_that_have_grown()
    {
        var events = Enumerable.Range(0, Orders).Select(i => Life.Ends.Values.ElementAt(i % Life.Ends.Count)(null, null).Events).ToList();
        history.Publish(Interleaved(events));
        var count = events.Sum(life => life.Count);
        await Eventually.TrueAsync(async () => await history.Database.CountAsync("messaging.inbox") == count, "the consumer has handled all events", TimeSpan.FromMinutes(5));
        var rows = await history.Database.RowsAsync();
        var figures = await history.Database.FiguresAsync();

        await history.AsOperator.StartRebuildAsync(new());
        var last = new V1.GetRebuildResponse();
        await Eventually.TrueAsync(async () => (last = await history.AsOperator.GetRebuildAsync(new())).State == "swapped", "the rebuild is swapped in", TimeSpan.FromMinutes(2));

        var perSecond = count / (last.SwappedAt - last.StartedAt).ToTimeSpan().TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} events of {Orders} orders in {(last.SwappedAt - last.StartedAt).ToTimeSpan().TotalSeconds:0.00} s: {perSecond:0} events/s");
        TestContext.Current.SendDiagnosticMessage($"{count} events of {Orders} orders: {perSecond:0} events/s, {(last.SwappedAt - last.StartedAt).ToTimeSpan().TotalSeconds:0.00} s");
        Assert.Equal(rows, await history.Database.RowsAsync());
        Assert.Equal(figures, await history.Database.FiguresAsync());
        Assert.True(perSecond > LeastPerSecond, $"{perSecond:0} events/s");
    }

    // As many orders are under way at the same time.
    private static IEnumerable<IMessage> Interleaved(List<List<IMessage>> lives) =>
        lives.Chunk(50).SelectMany(some => Enumerable.Range(0, some.Max(life => life.Count)).SelectMany(i => some.Where(life => i < life.Count).Select(life => life[i])));
}
