using Shop.Coupons.Tests.Running;
using static Shop.Coupons.Tests.Running.RunningCoupons;

namespace Shop.Coupons.Tests.Redemptions;

/// <summary>At two replicas at once, as it happens.</summary>
public sealed class ConcurrentRedemptionTests(RunningCoupons coupons)
{
    [Fact]
    public async Task Of_fifty_orders_with_one_coupon_one_gets_it()
    {
        var (member, coupon) = await coupons.CouponAsync();
        var orders = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToList();

        var answers = await Task.WhenAll(orders.Select((order, i) =>
            Answers.OfAsync(async () => await (i % 2 == 0 ? coupons.Coupons : coupons.Other).ReserveAsync(Reserve(order, member, coupon)))));

        Assert.Equal(1, answers.Count("done".Equals));
        Assert.Equal(49, answers.Count("coupon_not_usable".Equals));
        Assert.Equal(orders[answers.IndexOf("done")], (await coupons.QueryAsync<Guid>("select order_id from redemptions where coupon_id = @coupon", new { coupon })).Single());
    }

    /// <summary>Whichever comes first, the coupon is free at the end: Restore is the last word about an order.</summary>
    [Fact]
    public async Task Reserve_against_restore_leaves_the_coupon_usable()
    {
        for (var i = 0; i < 20; i++)
        {
            var (member, coupon) = await coupons.CouponAsync();
            var order = Guid.CreateVersion7();

            var answers = await Task.WhenAll(
                Answers.OfAsync(async () => await coupons.Coupons.ReserveAsync(Reserve(order, member, coupon))),
                Answers.OfAsync(async () => await coupons.Other.RestoreAsync(new() { OrderId = order.ToString() })),
                Answers.OfAsync(async () => await coupons.Other.ReserveAsync(Reserve(order, member, coupon))));

            Assert.Equal("done", answers[1]);
            Assert.All([answers[0], answers[2]], answer => Assert.Contains(answer, new[] { "done", "restored" }));
            Assert.Equal("usable", await coupons.StatusAsync(member, coupon));
        }
    }

    [Fact]
    public async Task Redeem_against_restore_leaves_coupon_and_order_of_one_mind()
    {
        for (var i = 0; i < 20; i++)
        {
            var (member, coupon) = await coupons.CouponAsync();
            var order = Guid.CreateVersion7();
            await coupons.Coupons.ReserveAsync(Reserve(order, member, coupon));

            var answers = await Task.WhenAll(
                Answers.OfAsync(async () => await coupons.Coupons.RedeemAsync(new() { OrderId = order.ToString() })),
                Answers.OfAsync(async () => await coupons.Other.RestoreAsync(new() { OrderId = order.ToString() })));

            Assert.Equal("done", answers[1]);
            Assert.Equal("usable", await coupons.StatusAsync(member, coupon));
            Assert.Equal(answers[0] == "done" ? ["CouponRedeemed", "CouponRestored"] : ["CouponRestored"], await coupons.EventsOfAsync(coupon));
        }
    }

    [Fact]
    public async Task A_member_who_restores_and_orders_all_the_time_never_has_it_in_two_orders()
    {
        var (member, coupon) = await coupons.CouponAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            for (var i = 0; i < 10; i++)
            {
                var order = Guid.CreateVersion7();
                var answer = await Answers.OfAsync(async () => await (client % 2 == 0 ? coupons.Coupons : coupons.Other).ReserveAsync(Reserve(order, member, coupon)));
                Assert.Contains(answer, new[] { "done", "coupon_not_usable" });
                Assert.Equal("done", await Answers.OfAsync(async () => await coupons.Coupons.RestoreAsync(new() { OrderId = order.ToString() })));
            }
        }));

        Assert.Equal("usable", await coupons.StatusAsync(member, coupon));
    }
}
