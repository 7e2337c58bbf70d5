using Grpc.Core;
using Shop.Ordering.Orders;
using Shop.Ordering.Refunds;
using Shop.Sagas;
using Shop.Sagas.Testing;

namespace Shop.Ordering.Tests.Refunds;

public sealed class RefundSagaTests
{
    private static readonly RefundState ByMember = new() { OrderId = Guid.CreateVersion7(), Reason = CancelReason.Member, Total = 25_800, CouponId = Guid.CreateVersion7() };

    [Fact]
    public async Task The_shipment_is_called_off_before_anything_is_given_back()
    {
        var run = await Saga().RunAsync(ByMember);

        Assert.Equal(["call off shipment", "refund payment", "restock", "restore coupon"], run.Steps);
        Assert.Equal(["CallOff", "Refund", "Restock", "Restore"], run.Calls);
        Assert.Equal((SagaStatus.Completed, null), (run.Status, run.Reason));
    }

    [Fact]
    public async Task What_was_not_paid_is_not_refunded_and_what_used_no_coupon_restores_none()
    {
        Assert.Equal(["CallOff", "Restock", "Restore"], (await Saga().RunAsync(ByMember with { Total = 0 })).Calls);
        Assert.Equal(["CallOff", "Refund", "Restock"], (await Saga().RunAsync(ByMember with { CouponId = null })).Calls);
    }

    [Fact]
    public async Task A_member_cannot_cancel_what_has_left()
    {
        var run = await Saga().Given("CallOff", Answer.Refused("already_dispatched")).RunAsync(ByMember);

        Assert.Equal(["CallOff"], run.Calls);
        Assert.Equal((SagaStatus.Compensated, "already_dispatched"), (run.Status, run.Reason));
    }

    [Theory]
    [InlineData(CancelReason.Member)]
    [InlineData(CancelReason.Operator)]
    public async Task Another_refusal_says_nothing_of_the_parcel_and_is_repeated(string reason)
    {
        var run = await Saga().Given("CallOff", Answer.Refused("not_found"), Answer.Refused("odd"), Answer.Done).RunAsync(ByMember with { Reason = reason });

        Assert.Equal(["CallOff", "CallOff", "CallOff", "Refund", "Restock", "Restore"], run.Calls);
        Assert.Equal(SagaStatus.Completed, run.Status);
    }

    [Theory]
    [InlineData(CancelReason.Operator)]
    [InlineData(CancelReason.DeliveryFailed)]
    public async Task Any_other_refund_goes_on_wherever_the_parcel_is(string reason)
    {
        var run = await Saga().Given("CallOff", Answer.Refused("already_dispatched")).RunAsync(ByMember with { Reason = reason });

        Assert.Equal(["CallOff", "Refund", "Restock", "Restore"], run.Calls);
        Assert.Equal(SagaStatus.Completed, run.Status);
    }

    /// <summary>A parcel that was called off cannot be sent after all, so nothing but forward is right, however long it takes.</summary>
    [Theory]
    [InlineData("CallOff")]
    [InlineData("Refund")]
    [InlineData("Restock")]
    [InlineData("Restore")]
    public async Task Each_step_is_repeated_until_it_is_done_and_none_is_undone(string method)
    {
        var run = await Saga().Given(method, Answer.Fails(), Answer.Fails(StatusCode.DeadlineExceeded), Answer.Fails(StatusCode.Internal), Answer.Done).RunAsync(ByMember);

        Assert.Equal(SagaStatus.Completed, run.Status);
        Assert.Equal(4, run.Calls.Count(call => call == method));
        Assert.Equal(["CallOff", "Refund", "Restock", "Restore"], run.Calls.Distinct());
        Assert.DoesNotContain(run.Steps, step => step.StartsWith("undo", StringComparison.Ordinal));
    }

    private static SagaTest<RefundSaga> Saga() => SagaTest.Of<RefundSaga>();
}
