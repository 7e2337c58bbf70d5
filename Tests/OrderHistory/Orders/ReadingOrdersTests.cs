using Grpc.Core;
using Shop.OrderHistory.Tests.Running;

namespace Shop.OrderHistory.Tests.Orders;

public sealed class ReadingOrdersTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    [Fact]
    public async Task An_order_has_its_payment_and_its_shipment()
    {
        var life = Life.DeliveryFailed();
        await history.First.HandleAsync(life.Events);

        var order = (await history.Client(history.Tokens.Member(life.Owner)).GetOrderAsync(new() { OrderId = life.Order.ToString() })).Order;

        Assert.Equal(("cancelled", "delivery_failed", 6, 2000, 200, 1800), (order.Order.Status, order.Order.Reason, order.Order.Version, order.Order.Subtotal.Amount, order.Order.Discount.Amount, order.Order.Total.Amount));
        Assert.Equal(["placed", "confirmed", "dispatched", "delivery_failed", "cancelling", "cancelled"], order.Order.Timeline.Select(entry => entry.What));
        Assert.Equal(("키보드", "Keyboard", 2), (order.Order.Lines[0].Names.Ko, order.Order.Lines[0].Names.En, order.Order.Lines[0].Quantity));
        Assert.Equal(("refunded", 1800, 1800, 1), (order.Payment.Status, order.Payment.Amount.Amount, order.Payment.Refunded.Amount, order.Payment.Attempts));
        Assert.Equal(("failed", "lost", "4T2K9M0QXW7B5ZRC", null), (order.Shipment.Status, order.Shipment.Reason, order.Shipment.TrackingNumber, order.Shipment.DeliveredAt));
    }

    [Fact]
    public async Task Somebody_elses_order_and_one_that_is_not_whole_are_not_found()
    {
        var life = Life.Confirmed();
        await history.First.HandleAsync(life.Events);
        var partly = Life.Confirmed();
        await history.First.HandleAsync([.. partly.Events.Where(@event => @event.Descriptor.File.Package == "shop.payments.v1")]);

        await Answers.FailsAsync(StatusCode.NotFound, async () => await history.Client(history.Tokens.Member(Guid.CreateVersion7())).GetOrderAsync(new() { OrderId = life.Order.ToString() }));
        await Answers.FailsAsync(StatusCode.NotFound, async () => await history.AsOperator.GetOrderAsync(new() { OrderId = partly.Order.ToString() }));
        Assert.Equal(life.Order.ToString(), (await history.AsOperator.GetOrderAsync(new() { OrderId = life.Order.ToString() })).Order.Order.OrderId);
    }

    [Fact]
    public async Task An_operator_finds_one_order_of_any_member()
    {
        var life = Life.Cancelled();
        var partly = Life.Confirmed();
        await history.First.HandleAsync([.. life.Events, .. partly.Events.Where(@event => @event.Descriptor.File.Package == "shop.payments.v1")]);

        var found = (await history.AsOperator.FindOrderAsync(new() { OrderId = life.Order.ToString() })).Order;

        Assert.Equal((life.Order.ToString(), life.Owner.ToString(), "the wrong colour"), (found.Order.Order.OrderId, found.MemberId, found.CancelNote));
        await Answers.FailsAsync(StatusCode.NotFound, async () => await history.AsOperator.FindOrderAsync(new() { OrderId = partly.Order.ToString() }));
        await Answers.FailsAsync(StatusCode.NotFound, async () => await history.AsOperator.FindOrderAsync(new() { OrderId = "none" }));
        await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await history.Client(history.Tokens.Member(life.Owner)).FindOrderAsync(new() { OrderId = life.Order.ToString() }));
    }

    [Fact]
    public async Task A_members_list_is_paged_newest_first()
    {
        var member = Guid.CreateVersion7();
        var lives = Enumerable.Range(0, 5).Select(_ => Life.Confirmed(member: member)).ToList();
        await history.First.HandleAsync([.. lives.SelectMany(life => life.Events), .. Life.Confirmed().Events]);
        var client = history.Client(history.Tokens.Member(member));

        var first = await client.ListOrdersAsync(new() { PageSize = 3 });
        var second = await client.ListOrdersAsync(new() { PageSize = 3, AfterId = first.Orders[^1].Order.OrderId });

        Assert.Equal(lives.Select(life => life.Order.ToString()).OrderDescending(StringComparer.Ordinal), first.Orders.Concat(second.Orders).Select(order => order.Order.OrderId));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await client.ListOrdersAsync(new() { AfterId = "abc" }));
    }

    [Fact]
    public async Task Operators_find_orders_by_status_and_member()
    {
        var member = Guid.CreateVersion7();
        var delivered = Enumerable.Range(0, 3).Select(_ => Life.Delivered(member: member)).ToList();
        await history.First.HandleAsync([.. delivered.SelectMany(life => life.Events), .. Life.Confirmed(member: member).Events, .. Life.Cancelled().Events]);

        var first = await history.AsOperator.FindOrdersAsync(new() { MemberId = member.ToString(), Status = "delivered", PageSize = 2 });
        var second = await history.AsOperator.FindOrdersAsync(new() { PageToken = first.NextPageToken });
        Assert.Equal(delivered.Select(life => life.Order.ToString()).OrderDescending(StringComparer.Ordinal), first.Orders.Concat(second.Orders).Select(order => order.Order.Order.OrderId));
        Assert.All(first.Orders, order => Assert.Equal(member.ToString(), order.MemberId));
        Assert.Equal("the wrong colour", (await history.AsOperator.FindOrdersAsync(new() { Status = "cancelled" })).Orders[0].CancelNote);

        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await history.AsOperator.FindOrdersAsync(new() { Status = "confirmed", PageToken = first.NextPageToken }));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await history.AsOperator.FindOrdersAsync(new() { Status = "gone", MemberId = "me" }));
    }
}
