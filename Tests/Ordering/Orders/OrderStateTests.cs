using Shop.Ordering.Orders;

namespace Shop.Ordering.Tests.Orders;

public sealed class OrderStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_new_order_is_pending_and_costs_the_sum_of_its_lines()
    {
        var order = SomeOrder.Place(Now, SomeOrder.Line(2, 12_900), SomeOrder.Line(3, 1_000));

        Assert.Equal(OrderStatus.Pending, order.Status);
        Assert.Equal(28_800, order.Total);
        Assert.Equal(["placed"], order.Timeline.Select(moment => moment.What));
    }

    [Fact]
    public void A_pending_order_is_confirmed_once()
    {
        var order = SomeOrder.Place(Now, SomeOrder.Line(1, 1));

        order.Confirm(Now);

        Assert.Equal(OrderStatus.Confirmed, order.Status);
        Assert.Throws<InvalidOperationException>(() => order.Confirm(Now));
        Assert.Throws<InvalidOperationException>(() => order.Reject("late", Now));
    }

    [Fact]
    public void A_rejected_order_says_why_and_stays_rejected()
    {
        var order = SomeOrder.Place(Now, SomeOrder.Line(1, 1));

        order.Reject("out_of_stock", Now);

        Assert.Equal((OrderStatus.Rejected, "out_of_stock"), (order.Status, order.Reason));
        Assert.Throws<InvalidOperationException>(() => order.Confirm(Now));
    }

    [Fact]
    public void A_total_that_does_not_fit_is_an_error_and_not_another_number() =>
        Assert.Throws<OverflowException>(() => SomeOrder.Place(Now, SomeOrder.Line(99, long.MaxValue / 2)));
}
