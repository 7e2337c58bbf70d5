using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Shipping.Tests.Running;
using Shop.Shipping.V1;

namespace Shop.Shipping.Tests.Shipments;

public sealed class AdvanceShipmentTests(RunningShipping shipping) : IClassFixture<RunningShipping>
{
    [Fact]
    public async Task An_operator_dispatches_and_delivers_and_may_repeat_it()
    {
        var order = await shipping.ShipmentAsync();

        await shipping.DispatchAsync(order);
        await shipping.DispatchAsync(order);
        Assert.Equal("dispatched", await shipping.Database.StatusAsync(order));
        await shipping.DeliverAsync(order);
        await shipping.DeliverAsync(order);

        var shipment = (await shipping.AsOperator.GetShipmentsAsync(new() { OrderIds = { order.ToString() } })).Shipments.Single();
        Assert.Equal("delivered", shipment.Status);
        Assert.True(shipment.CreatedAt <= shipment.DispatchedAt && shipment.DispatchedAt <= shipment.DeliveredAt);
        Assert.Equal(["ShipmentCreated", "ShipmentDispatched", "ShipmentDelivered"], await shipping.Database.EventsOfAsync(order));
        var told = ShipmentDelivered.Parser.ParseFrom(await shipping.Database.PayloadAsync(order, "ShipmentDelivered"));
        Assert.Equal((shipment.DispatchedAt, shipment.DeliveredAt), (told.DispatchedAt, told.DeliveredAt));
    }

    [Fact]
    public async Task A_dispatched_parcel_can_fail_and_the_first_reason_stays()
    {
        var order = await shipping.ShipmentAsync();
        await shipping.DispatchAsync(order);

        await shipping.FailAsync(order, "lost at sea");
        await shipping.FailAsync(order, "something else");

        var shipment = (await shipping.AsOperator.GetShipmentsAsync(new() { OrderIds = { order.ToString() } })).Shipments.Single();
        Assert.Equal(("failed", "lost at sea", null), (shipment.Status, shipment.Reason, shipment.DeliveredAt));
        Assert.Equal(["ShipmentCreated", "ShipmentDispatched", "ShipmentFailed"], await shipping.Database.EventsOfAsync(order));
        var told = ShipmentFailed.Parser.ParseFrom(await shipping.Database.PayloadAsync(order, "ShipmentFailed"));
        Assert.Equal(("lost at sea", shipment.DispatchedAt), (told.Reason, told.DispatchedAt));
    }

    [Fact]
    public async Task From_another_state_nothing_is_done()
    {
        var (created, delivered, failed, calledOff) = (await shipping.ShipmentAsync(), await shipping.ShipmentAsync(), await shipping.ShipmentAsync(), await shipping.ShipmentAsync());
        await shipping.DispatchAsync(delivered);
        await shipping.DeliverAsync(delivered);
        await shipping.DispatchAsync(failed);
        await shipping.FailAsync(failed);
        await shipping.CallOffAsync(calledOff);

        await ConflictsAsync(() => shipping.DeliverAsync(created));
        await ConflictsAsync(() => shipping.FailAsync(created));
        await ConflictsAsync(() => shipping.DispatchAsync(delivered));
        await ConflictsAsync(() => shipping.FailAsync(delivered));
        await ConflictsAsync(() => shipping.DispatchAsync(failed));
        await ConflictsAsync(() => shipping.DeliverAsync(failed));
        await ConflictsAsync(() => shipping.DispatchAsync(calledOff));

        Assert.Equal("created", await shipping.Database.StatusAsync(created));
        Assert.Equal(["ShipmentCreated", "ShipmentCalledOff"], await shipping.Database.EventsOfAsync(calledOff));
    }

    [Fact]
    public async Task What_is_no_shipment_is_not_found()
    {
        foreach (var id in new[] { Guid.CreateVersion7().ToString(), "no id", "" })
            await Answers.FailsAsync(StatusCode.NotFound, async () => await shipping.AsOperator.DispatchAsync(new() { ShipmentId = id }));
    }

    [Fact]
    public async Task A_failure_has_a_reason()
    {
        var order = await shipping.ShipmentAsync();
        await shipping.DispatchAsync(order);

        foreach (var reason in new[] { "", "two\nlines", new string('x', 201) })
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => shipping.FailAsync(order, reason));
            Assert.Equal((StatusCode.InvalidArgument, "reason"), (failure.StatusCode, Assert.Single(failure.FieldErrors().Keys)));
        }
    }

    private static async Task ConflictsAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((StatusCode.AlreadyExists, "shipment_in_other_state"), (failure.StatusCode, failure.Reason()));
    }
}
