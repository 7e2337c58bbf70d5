using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Shipping.Courier;
using Shop.Shipping.Tests.Running;
using Shop.Testing;

namespace Shop.Shipping.Tests.Courier;

public sealed class CourierTests(RunningShipping shipping) : IClassFixture<RunningShipping>
{
    private static readonly TimeSpan DispatchAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DeliverAfter = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_shipment_moves_when_it_is_due_and_not_before()
    {
        var order = await shipping.ShipmentAsync();
        await shipping.Database.AgeAsync(DispatchAfter / 2, order);
        await shipping.First.CourierAsync();
        Assert.Equal("created", await shipping.Database.StatusAsync(order));

        await shipping.Database.AgeAsync(DispatchAfter / 2, order);
        await shipping.First.CourierAsync();
        Assert.Equal("dispatched", await shipping.Database.StatusAsync(order));

        await shipping.Database.AgeAsync(DeliverAfter / 2, order);
        await shipping.First.CourierAsync();
        Assert.Equal("dispatched", await shipping.Database.StatusAsync(order));

        await shipping.Database.AgeAsync(DeliverAfter / 2, order);
        await shipping.Second.CourierAsync();
        await shipping.First.CourierAsync();
        Assert.Equal("delivered", await shipping.Database.StatusAsync(order));
        Assert.Equal(["ShipmentCreated", "ShipmentDispatched", "ShipmentDelivered"], await shipping.Database.EventsOfAsync(order));
    }

    [Fact]
    public async Task Replicas_that_look_at_once_share_what_is_due()
    {
        var orders = new List<Guid>();
        for (var i = 0; i < 40; i++)
            orders.Add(await shipping.ShipmentAsync());
        await shipping.Database.AgeAsync(DispatchAfter, [.. orders]);

        var moved = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? shipping.First : shipping.Second).CourierAsync()));
        // A batch that found the others' rows locked took fewer.
        var rest = 0;
        while (await shipping.First.CourierAsync() is { Dispatched: > 0 } more)
            rest += more.Dispatched;

        Assert.Equal(40, moved.Sum(each => each.Dispatched) + rest);
        Assert.All(moved, each => Assert.InRange(each.Dispatched, 0, 7));
        foreach (var order in orders)
            Assert.Equal(["ShipmentCreated", "ShipmentDispatched"], await shipping.Database.EventsOfAsync(order));
    }

    /// <summary>A replica that dies takes its transaction with it: state and event are both not there, and another one goes on.</summary>
    [Fact]
    public async Task What_a_replica_had_begun_when_it_was_killed_another_one_does()
    {
        var (begun, other) = (await shipping.ShipmentAsync(), await shipping.ShipmentAsync());
        await shipping.Database.AgeAsync(DispatchAfter, begun, other);
        await using var killed = await shipping.Database.OpenAsync();
        await using var transaction = await killed.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var command = new NpgsqlCommand($"update shipments set status = 'dispatched', dispatched_at = now() where order_id = '{begun}'", killed, transaction))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await shipping.Second.CourierAsync();
        Assert.Equal(("created", "dispatched"), (await shipping.Database.StatusAsync(begun), await shipping.Database.StatusAsync(other)));

        await shipping.Database.QueryAsync<bool>("select pg_terminate_backend(@pid)", new { pid = killed.ProcessID });
        await Eventually.TrueAsync(async () =>
        {
            await shipping.Second.CourierAsync();
            return await shipping.Database.StatusAsync(begun) == "dispatched";
        }, "the other replica has dispatched it");
        Assert.Equal(["ShipmentCreated", "ShipmentDispatched"], await shipping.Database.EventsOfAsync(begun));
    }

    /// <summary>What is not there yet is due no sooner than after one of the two times, so nobody need look before.</summary>
    [Fact]
    public async Task It_is_known_how_long_nothing_will_be_due()
    {
        await using var scope = shipping.First.CreateAsyncScope();
        var due = scope.ServiceProvider.GetRequiredService<DueShipments>();
        await shipping.Database.QueryAsync<int>("delete from shipments returning 1");
        Assert.Equal(DispatchAfter, await due.NextInAsync(TestContext.Current.CancellationToken));

        var (first, second) = (await shipping.ShipmentAsync(), await shipping.ShipmentAsync());
        await shipping.Database.AgeAsync(TimeSpan.FromSeconds(20), first);
        Assert.InRange(await due.NextInAsync(TestContext.Current.CancellationToken), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        await shipping.DispatchAsync(second);
        await shipping.Database.AgeAsync(TimeSpan.FromSeconds(58), second);
        Assert.InRange(await due.NextInAsync(TestContext.Current.CancellationToken), TimeSpan.FromSeconds(-8), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task With_a_manual_pace_the_worker_has_ended() =>
        await shipping.First.GetRequiredService<CourierWorker>().ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
}
