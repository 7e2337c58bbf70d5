using Google.Protobuf;
using Shop.OrderHistory.Tests.Running;

namespace Shop.OrderHistory.Tests.Projection;

public sealed class ProjectionTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    private const int Orders = 25;

    public static TheoryData<string> Ends => [.. Life.Ends.Keys];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Events_in_any_order_and_any_number_end_in_the_same_row(string end)
    {
        var placedAt = new DateTimeOffset(2026, 3, 1, 9, Life.Ends.Keys.ToList().IndexOf(end), 0, TimeSpan.Zero);
        var inOrder = Life.Ends[end](null, placedAt);
        await history.First.HandleAsync(inOrder.Events);
        var expected = await history.Database.RowAsync(inOrder.Order);

        for (var seed = 0; seed < Orders; seed++)
        {
            var life = Life.Ends[end](null, placedAt);
            var random = new Random(seed);
            var events = life.Events.SelectMany(@event => Enumerable.Repeat(@event, random.Next(1, 4))).ToArray();
            random.Shuffle(events);
            foreach (var batch in events.Chunk(random.Next(1, 4)))
                await history.First.HandleAsync(batch);

            Assert.Equal(expected, await history.Database.RowAsync(life.Order));
        }

        // Counted once each.
        Assert.Equal(Orders + 1, await history.Database.FigureAsync(placedAt, "placed"));
        Assert.Equal(end == "rejected" ? 0 : Orders + 1, await history.Database.FigureAsync(placedAt, "confirmed"));
        Assert.Equal(end == "rejected" ? 0 : (Orders + 1) * 1800, await history.Database.FigureAsync(placedAt, "revenue"));
        Assert.Equal(end == "rejected" ? Orders + 1 : 0, await history.Database.FigureAsync(placedAt, "rejected_by:payment_declined"));
        Assert.Equal(end is "cancelled" or "delivery failed" ? Orders + 1 : 0, await history.Database.FigureAsync(placedAt, "cancelled"));
    }

    [Fact]
    public async Task Events_from_before_there_were_states_say_what_they_can_in_any_order()
    {
        string? expected = null;
        for (var seed = 0; seed < 10; seed++)
        {
            var life = Life.Delivered(placedAt: new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
            var events = life.Events.Where(@event => @event.Descriptor.Name is not ("OrderChanged" or "PaymentChanged")).Select(WithoutState).ToArray();
            new Random(seed).Shuffle(events);
            foreach (var @event in events)
                await history.First.HandleAsync(@event);

            var row = await history.Database.RowAsync(life.Order);
            Assert.Equal(expected ??= row, row);
        }
        Assert.Contains("\"status\": \"delivered\"", expected, StringComparison.Ordinal);
        Assert.Contains("\"payment_status\": \"captured\"", expected, StringComparison.Ordinal);
    }

    /// <summary>Events of one order come from three topics, so several transactions write its row at the same time.</summary>
    [Fact]
    public async Task Transactions_of_two_replicas_that_share_orders_lose_nothing_and_never_wait_in_a_circle()
    {
        var placedAt = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);
        var lives = Enumerable.Range(0, 20).Select(_ => Life.DeliveryFailed(placedAt: placedAt)).ToList();
        var topics = lives.SelectMany(life => life.Events).GroupBy(@event => @event.Descriptor.File.Package).Select(topic => topic.ToList()).ToList();

        await Task.WhenAll(topics.SelectMany((topic, i) => Enumerable.Range(0, 2).Select(async half =>
        {
            var events = topic.ToArray();
            new Random(i * 2 + half).Shuffle(events);
            foreach (var batch in events.Chunk(15))
                await (half == 0 ? history.First : history.Second).HandleAsync(batch);
        })));

        var inOrder = Life.DeliveryFailed(placedAt: placedAt);
        await history.First.HandleAsync(inOrder.Events);
        var expected = await history.Database.RowAsync(inOrder.Order);
        foreach (var life in lives)
            Assert.Equal(expected, await history.Database.RowAsync(life.Order));
        Assert.Equal(21, await history.Database.FigureAsync(placedAt, "cancelled"));
    }

    [Fact]
    public async Task What_is_rolled_back_counts_nothing()
    {
        var placedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var life = Life.Delivered(placedAt: placedAt);

        await Assert.ThrowsAnyAsync<Exception>(() => history.First.HandleAsync([.. life.Events, new Shop.Ordering.V1.OrderChanged { OrderId = life.Order.ToString(), MemberId = "nobody" }]));
        Assert.Null(await history.Database.RowAsync(life.Order));
        Assert.Equal(0, await history.Database.FigureAsync(placedAt, "placed"));
    }

    private static IMessage WithoutState(IMessage @event)
    {
        var copy = @event.Descriptor.Parser.ParseFrom(@event.ToByteArray());
        if (copy.Descriptor.FindFieldByName("state") is { } state)
            state.Accessor.Clear(copy);
        return copy;
    }
}
