using Grpc.Core;
using Shop.Payments.Tests.Running;

namespace Shop.Payments.Tests.Intents;

public sealed class AccessTests(RunningPayments running)
{
    private PaymentsProcess Payments => running.Payments;

    [Fact]
    public async Task A_member_sees_the_own_payment_and_no_other()
    {
        var (mine, theirs) = (TestOrder.With("tok_ok"), TestOrder.With("tok_ok"));
        await Payments.AuthoriseAsync(mine);
        await Payments.AuthoriseAsync(theirs);
        var me = Payments.AsMember(mine.MemberId);

        Assert.Equal("authorised", (await Payments.Client.GetPaymentAsync(new() { OrderId = mine.Id.ToString() }, me)).Payment.Status);
        await Answers.FailsAsync(StatusCode.NotFound, async () => await Payments.Client.GetPaymentAsync(new() { OrderId = theirs.Id.ToString() }, me));
        var many = await Payments.Client.GetPaymentsAsync(new() { OrderIds = { mine.Id.ToString(), theirs.Id.ToString() } }, me);
        Assert.Equal(mine.Id.ToString(), Assert.Single(many.Payments).OrderId);
    }

    [Fact]
    public async Task Operators_and_the_gateway_see_any_payment()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);

        foreach (var caller in new[] { Payments.AsOperator(), Payments.As("gateway") })
            Assert.Equal(order.Id.ToString(), Assert.Single((await Payments.Client.GetPaymentsAsync(new() { OrderIds = { order.Id.ToString() } }, caller)).Payments).OrderId);
        await Answers.FailsAsync(
            StatusCode.PermissionDenied, async () => await Payments.Client.GetPaymentAsync(new() { OrderId = order.Id.ToString() }, Payments.As("catalog")));
    }

    [Fact]
    public async Task Only_ordering_moves_money()
    {
        var order = TestOrder.With("tok_ok");
        foreach (var caller in new[] { Payments.AsMember(order.MemberId), Payments.AsOperator(), Payments.As("gateway") })
        {
            var id = order.Id.ToString();
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await Payments.Client.AuthoriseAsync(order.Authorise(), caller));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await Payments.Client.CaptureAsync(new() { OrderId = id }, caller));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await Payments.Client.VoidAsync(new() { OrderId = id }, caller));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await Payments.Client.RefundAsync(new() { OrderId = id }, caller));
        }

        await Answers.FailsAsync(StatusCode.Unauthenticated, async () => await Payments.Client.AuthoriseAsync(order.Authorise()));
        Assert.Empty(await running.Provider.ChargesOfAsync(order.Id));
    }

    [Fact]
    public async Task Payments_of_many_orders_come_at_once_but_not_of_any_number()
    {
        var orders = new[] { TestOrder.With("tok_ok"), TestOrder.With("tok_ok"), TestOrder.With("tok_ok") };
        await Payments.AuthoriseAsync(orders[0]);
        await Payments.AuthoriseAsync(orders[2]);

        var found = await Payments.Client.GetPaymentsAsync(new() { OrderIds = { orders.Select(order => order.Id.ToString()) } }, Payments.As("gateway"));

        Assert.Equal(new[] { orders[0], orders[2] }.Select(order => order.Id.ToString()).Order(), found.Payments.Select(payment => payment.OrderId).Order());
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await Payments.Client.GetPaymentsAsync(
            new() { OrderIds = { Enumerable.Repeat(orders[0].Id.ToString(), 101) } }, Payments.As("gateway")));
    }
}
