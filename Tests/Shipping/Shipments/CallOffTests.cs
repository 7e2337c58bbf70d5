using Grpc.Core;
using Shop.Shipping.Tests.Running;
using Shop.Shipping.V1;

namespace Shop.Shipping.Tests.Shipments;

public sealed class CallOffTests(RunningShipping shipping) : IClassFixture<RunningShipping>
{
    [Fact]
    public async Task A_parcel_that_has_not_left_stays_and_it_may_be_repeated()
    {
        var order = await shipping.ShipmentAsync();

        await shipping.CallOffAsync(order);
        await shipping.CallOffAsync(order);

        Assert.Equal("called_off", await shipping.Database.StatusAsync(order));
        Assert.Equal(["ShipmentCreated", "ShipmentCalledOff"], await shipping.Database.EventsOfAsync(order));
        Assert.Equal("cancelled_by_member", ShipmentCalledOff.Parser.ParseFrom(await shipping.Database.PayloadAsync(order, "ShipmentCalledOff")).Reason);
    }

    [Fact]
    public async Task One_that_has_left_or_arrived_is_refused()
    {
        var order = await shipping.ShipmentAsync();
        await shipping.DispatchAsync(order);
        await Answers.RefusedAsync("already_dispatched", () => shipping.CallOffAsync(order));

        await shipping.DeliverAsync(order);
        await Answers.RefusedAsync("already_dispatched", () => shipping.CallOffAsync(order));
        Assert.Equal("delivered", await shipping.Database.StatusAsync(order));
    }

    [Fact]
    public async Task One_that_will_not_arrive_needs_no_more_calling_off()
    {
        var order = await shipping.ShipmentAsync();
        await shipping.DispatchAsync(order);
        await shipping.FailAsync(order);

        await shipping.CallOffAsync(order);

        Assert.Equal("failed", await shipping.Database.StatusAsync(order));
    }

    [Fact]
    public async Task Before_the_confirmation_is_handled_it_keeps_a_shipment_from_being_made()
    {
        var (order, member) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await shipping.CallOffAsync(order);
        await shipping.CallOffAsync(order);
        await shipping.First.ConfirmedAsync(order, member);

        Assert.Equal("called_off", await shipping.Database.StatusAsync(order));
        Assert.Empty(await shipping.Database.EventsOfAsync(order));
        // What never was is shown to nobody.
        Assert.Empty((await shipping.AsOperator.GetShipmentsAsync(new() { OrderIds = { order.ToString() } })).Shipments);
        Assert.DoesNotContain((await shipping.AsOperator.ListShipmentsAsync(new() { State = "called_off", PageSize = 100 })).Shipments, shipment => shipment.OrderId == order.ToString());
        await Answers.FailsAsync(StatusCode.NotFound, () => shipping.DispatchAsync(order));
    }

    /// <summary>Either it never leaves, or the caller is told that it has left.</summary>
    [Fact]
    public async Task Against_the_confirmation_and_against_the_dispatch_it_is_decided_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var orders = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();
            var confirming = orders.Select(order => shipping.Second.ConfirmedAsync(order));
            var callingOff = orders.Select(order => Answers.OfAsync(() => shipping.CallOffAsync(order)));
            var answers = Task.WhenAll(callingOff.ToList());
            await Task.WhenAll([answers, .. confirming]);
            Assert.All(await answers, answer => Assert.Equal("done", answer));

            var made = new List<Guid>();
            for (var i = 0; i < 20; i++)
                made.Add(await shipping.ShipmentAsync());
            var dispatching = Task.WhenAll(made.Select(order => Answers.OfAsync(() => shipping.DispatchAsync(order))).ToList());
            var against = await Task.WhenAll(made.Select(order => Answers.OfAsync(() => shipping.CallOffAsync(order))).ToList());
            var dispatched = await dispatching;

            for (var i = 0; i < made.Count; i++)
            {
                var status = await shipping.Database.StatusAsync(made[i]);
                Assert.Equal(status == "called_off" ? ("done", "AlreadyExists") : ("already_dispatched", "done"), (against[i], dispatched[i]));
                Assert.Equal(2, (await shipping.Database.EventsOfAsync(made[i])).Count);
            }
            Assert.DoesNotContain("created", await shipping.Database.QueryAsync<string>("select status from shipments where order_id = any(@orders)", new { orders }));
        }
    }

    [Fact]
    public async Task What_is_wrong_with_it_is_told_at_once()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await shipping.AsOrdering.CallOffAsync(new()));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
    }
}
