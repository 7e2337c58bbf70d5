using Grpc.Core;
using Shop.Coupons.Tests.Running;
using static Shop.Coupons.Tests.Running.RunningCoupons;

namespace Shop.Coupons.Tests.Redemptions;

public sealed class RedemptionTests(RunningCoupons coupons)
{
    private readonly Guid _order = Guid.CreateVersion7();

    [Fact]
    public async Task Reserved_and_redeemed_however_often_it_is_asked()
    {
        var (member, coupon) = await coupons.CouponAsync(percent: 10);

        for (var i = 0; i < 3; i++)
            Assert.Equal(2_598, (await coupons.Coupons.ReserveAsync(Reserve(_order, member, coupon, 25_989, 2_598))).Discount.Amount);
        Assert.Equal("reserved", await coupons.StatusAsync(member, coupon));
        for (var i = 0; i < 3; i++)
            await RedeemAsync();
        Assert.Equal(2_598, (await coupons.Other.ReserveAsync(Reserve(_order, member, coupon, 25_989, 2_598))).Discount.Amount);

        Assert.Equal("redeemed", await coupons.StatusAsync(member, coupon));
        Assert.Equal(["CouponRedeemed"], await coupons.EventsOfAsync(coupon));
    }

    [Theory]
    [InlineData(false, "CouponRestored")]
    [InlineData(true, "CouponRedeemed CouponRestored")]
    public async Task What_is_restored_can_be_used_by_another_order_and_by_this_one_never_again(bool redeemed, string events)
    {
        var (member, coupon) = await coupons.CouponAsync();
        await coupons.Coupons.ReserveAsync(Reserve(_order, member, coupon));
        if (redeemed)
            await RedeemAsync();
        for (var i = 0; i < 3; i++)
            await RestoreAsync();

        Assert.Equal("usable", await coupons.StatusAsync(member, coupon));
        Assert.Equal(events.Split(' '), await coupons.EventsOfAsync(coupon));
        await Answers.RefusedAsync("restored", async () => await coupons.Coupons.ReserveAsync(Reserve(_order, member, coupon)));
        await Answers.RefusedAsync("restored", RedeemAsync);

        await coupons.Coupons.ReserveAsync(Reserve(Guid.CreateVersion7(), member, coupon));
        // A Restore that comes again is about the first order, and takes nothing from the second.
        await RestoreAsync();
        Assert.Equal("reserved", await coupons.StatusAsync(member, coupon));
    }

    [Fact]
    public async Task A_reserve_that_comes_after_its_restore_is_refused()
    {
        var (member, coupon) = await coupons.CouponAsync();
        await RestoreAsync();
        await RestoreAsync();

        await Answers.RefusedAsync("restored", async () => await coupons.Coupons.ReserveAsync(Reserve(_order, member, coupon)));
        await Answers.RefusedAsync("restored", RedeemAsync);
        Assert.Equal("usable", await coupons.StatusAsync(member, coupon));
        Assert.Empty(await coupons.EventsOfAsync(coupon));
    }

    [Fact]
    public async Task One_that_expires_while_it_is_reserved_can_be_redeemed()
    {
        var (member, coupon) = await coupons.CouponAsync();
        await coupons.Coupons.ReserveAsync(Reserve(_order, member, coupon));
        await coupons.ExpireAsync(coupon);
        Assert.Equal("reserved", await coupons.StatusAsync(member, coupon));

        await RedeemAsync();

        Assert.Equal("redeemed", await coupons.StatusAsync(member, coupon));
    }

    [Fact]
    public async Task One_that_is_restored_too_late_is_expired()
    {
        var (member, coupon) = await coupons.CouponAsync();
        await coupons.Coupons.ReserveAsync(Reserve(_order, member, coupon));
        await coupons.ExpireAsync(coupon);

        await RestoreAsync();

        Assert.Equal("expired", await coupons.StatusAsync(member, coupon));
        await Answers.RefusedAsync("coupon_not_usable", async () => await coupons.Coupons.ReserveAsync(Reserve(Guid.CreateVersion7(), member, coupon)));
    }

    [Fact]
    public async Task What_is_not_the_members_not_enough_or_not_as_promised_is_not_reserved()
    {
        var (member, coupon) = await coupons.CouponAsync(minimum: 20_000);

        await RefusedAsync(Reserve(_order, Guid.CreateVersion7(), coupon));
        await RefusedAsync(Reserve(_order, member, Guid.CreateVersion7()));
        await RefusedAsync(Reserve(_order, member, coupon, subtotal: 19_999));
        await RefusedAsync(Reserve(_order, member, coupon, discount: 5_001));
        Assert.Equal("usable", await coupons.StatusAsync(member, coupon));
        await Answers.RefusedAsync("not_reserved", RedeemAsync);

        Task RefusedAsync(V1.ReserveRequest request) => Answers.RefusedAsync("coupon_not_usable", async () => await coupons.Coupons.ReserveAsync(request));
    }

    [Fact]
    public async Task An_order_has_one_coupon()
    {
        var (member, coupon) = await coupons.CouponAsync();
        var (another, second) = await coupons.CouponAsync();
        await coupons.Coupons.ReserveAsync(Reserve(_order, member, coupon));

        await Answers.FailsAsync(StatusCode.AlreadyExists, async () => await coupons.Coupons.ReserveAsync(Reserve(_order, another, second)));
        await Answers.FailsAsync(StatusCode.AlreadyExists, async () => await coupons.Coupons.ReserveAsync(Reserve(_order, member, coupon, subtotal: 40_000)));
        Assert.Equal("usable", await coupons.StatusAsync(another, second));
    }

    [Fact]
    public async Task What_is_no_id_is_a_bad_field()
    {
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await coupons.Coupons.ReserveAsync(new()));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await coupons.Coupons.RedeemAsync(new() { OrderId = "1" }));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await coupons.Coupons.RestoreAsync(new()));
    }

    private async Task RedeemAsync() => await coupons.Coupons.RedeemAsync(new() { OrderId = _order.ToString() });

    private async Task RestoreAsync() => await coupons.Coupons.RestoreAsync(new() { OrderId = _order.ToString() });
}
