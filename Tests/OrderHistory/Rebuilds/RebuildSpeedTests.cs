using Google.Protobuf;
using Shop.OrderHistory.Tests.Running;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Rebuilds;

/// <summary>Says how fast a rebuild is; docs/order-history.md has the figures of a quiet machine.</summary>
public sealed class RebuildSpeedTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    private const int Orders = 5_000;

    /// <summary>A machine that does much else at the same time is slower than a quiet one; this is what must not be fallen below.</summary>
    private const int LeastPerSecond = 1_000;

    [Fact]
    public async Task A_rebuild_reads_thousands_of_events_a_second_also_those_that_the_projection_has_not_handled_yet()
    {
        var events = Enumerable.Range(0, Orders).Select(i => Life.Ends.Values.ElementAt(i % Life.Ends.Count)(null, null).Events).ToList();
        history.Publish(Interleaved(events));
        var count = events.Sum(life => life.Count);

        await history.AsOperator.StartRebuildAsync(new());
        var last = new V1.GetRebuildResponse();
        await Eventually.TrueAsync(async () => (last = await history.AsOperator.GetRebuildAsync(new())).State is "swapped" or "failed", "the rebuild has ended", TimeSpan.FromMinutes(5));

        Assert.Equal("swapped", last.State);
        var seconds = (last.SwappedAt - last.StartedAt).ToTimeSpan().TotalSeconds;
        TestContext.Current.SendDiagnosticMessage($"{count} events of {Orders} orders in {seconds:0.00} s: {count / seconds:0} events/s");
        Assert.Equal(Orders, await history.Database.CountAsync("orders where status in ('delivered', 'cancelled', 'rejected') and payment_status in ('captured', 'refunded', 'declined')"));
        Assert.Equal([Orders], await history.Database.QueryAsync<long>("select sum(value)::bigint from minute_figures where name = 'placed'"));
        Assert.True(count / seconds > LeastPerSecond, $"{count / seconds:0} events/s");
    }

    // As many orders are under way at the same time.
    private static IEnumerable<IMessage> Interleaved(List<List<IMessage>> lives) =>
        lives.Chunk(50).SelectMany(some => Enumerable.Range(0, some.Max(life => life.Count)).SelectMany(i => some.Where(life => i < life.Count).Select(life => life[i])));
}
