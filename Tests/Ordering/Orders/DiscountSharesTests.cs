using Shop.Ordering.Orders;

namespace Shop.Ordering.Tests.Orders;

/// <summary>So that what is refunded line by line adds up to what was paid.</summary>
public sealed class DiscountSharesTests
{
    [Theory]
    [InlineData(0, new long[] { 5, 7 }, new long[] { 0, 0 })]
    [InlineData(10, new long[] { 100 }, new long[] { 10 })]
    [InlineData(10, new long[] { 100, 100, 100 }, new long[] { 4, 3, 3 })]
    [InlineData(5, new long[] { 10, 20, 30 }, new long[] { 1, 2, 2 })]
    [InlineData(60, new long[] { 10, 20, 30 }, new long[] { 10, 20, 30 })]
    [InlineData(59, new long[] { 1, 1, 58 }, new long[] { 1, 1, 57 })]
    [InlineData(0, new long[] { 0, 0 }, new long[] { 0, 0 })]
    [InlineData(1, new long[] { 0, 1 }, new long[] { 0, 1 })]
    public void Each_line_has_its_part(long amount, long[] totals, long[] shares) => Assert.Equal(shares, Discount.Share(amount, totals));

    [Fact]
    public void The_parts_sum_to_the_discount_and_none_is_above_its_line_whatever_the_order()
    {
        var random = new Random(20_261);
        for (var i = 0; i < 20_000; i++)
        {
            long[] totals = [.. Enumerable.Range(0, random.Next(1, 51)).Select(_ => random.Next(3) == 0 ? random.NextInt64(5) : random.NextInt64(100_000_000_000_000))];
            var amount = random.NextInt64(totals.Sum() + 1);

            var shares = Discount.Share(amount, totals);

            Assert.Equal(amount, shares.Sum());
            Assert.All(shares.Zip(totals), line => Assert.InRange(line.First, 0, line.Second));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(13)]
    public void More_than_the_order_costs_or_less_than_nothing_is_no_discount(long amount) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Discount.Share(amount, [5, 7]));

    [Fact]
    public void An_order_keeps_what_it_costs_and_why()
    {
        var coupon = Guid.CreateVersion7();
        var order = Order.Place(Guid.CreateVersion7(), [SomeOrder.Line(2, 10_000), SomeOrder.Line(1, 5_000)], "KRW", SomeOrder.Address, DateTimeOffset.UnixEpoch, new(coupon, 2_501));

        Assert.Equal((25_000, 2_501, 22_499, coupon), (order.Subtotal, order.Discount, order.Total, order.CouponId));
        Assert.Equal([2_001, 500], order.Lines.Select(line => line.Discount));
    }
}
