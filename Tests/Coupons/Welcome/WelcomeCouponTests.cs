using Microsoft.Extensions.Options;
using Shop.Coupons.Tests.Running;
using Shop.Coupons.V1;
using Shop.Testing;

namespace Shop.Coupons.Tests.Welcome;

public sealed class WelcomeCouponTests(RunningCoupons coupons)
{
    [Fact]
    public async Task Whoever_signs_up_gets_one_with_the_terms_of_the_options()
    {
        var member = Guid.CreateVersion7();
        await coupons.Members.RegisteredAsync(member);

        var coupon = await IssuedAsync(member);

        Assert.Equal(("가입 축하 쿠폰", "Welcome coupon", 10, 20_000, 10_000, "KRW", "usable"),
            (coupon.Name.Ko, coupon.Name.En, coupon.Percent, coupon.Minimum.Amount, coupon.MaximumDiscount.Amount, coupon.Minimum.Currency, coupon.Status));
        // From now, and not from the registration, which was a year ago.
        Assert.InRange(coupon.ExpiresAt.ToDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
        var told = CouponIssued.Parser.ParseFrom((await coupons.QueryAsync<byte[]>("select payload from messaging.outbox where key = @key", new { key = coupon.CouponId })).Single());
        told.Coupon.ExpiresAt = coupon.ExpiresAt;   // PostgreSQL keeps microseconds
        Assert.Equal((coupon.CouponId, member.ToString(), "welcome", coupon), (told.CouponId, told.MemberId, told.Campaign, told.Coupon));
    }

    [Fact]
    public async Task Who_registered_before_the_service_was_there_gets_one_too() => Assert.Equal("usable", (await IssuedAsync(coupons.OldMember)).Status);

    [Fact]
    public async Task A_thousand_who_sign_up_at_once_and_are_told_of_twice_get_a_thousand()
    {
        var members = Enumerable.Range(0, 1_000).Select(_ => (Member: Guid.CreateVersion7(), Event: Guid.CreateVersion7())).ToList();
        await Task.WhenAll(members.Concat(members.AsEnumerable().Reverse()).Select(one => coupons.Members.RegisteredAsync(one.Member, one.Event)));
        // Behind them on every partition: when these have theirs, all of the above was handled.
        var last = Enumerable.Range(0, 64).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(last.Select(member => coupons.Members.RegisteredAsync(member)));
        await Eventually.TrueAsync(async () => await CountAsync(last) == last.Count, "the last ones have theirs", TimeSpan.FromSeconds(30));

        var ids = members.ConvertAll(one => one.Member);
        Assert.Equal(1_000, await CountAsync(ids));
        Assert.Equal(1_000, (await coupons.QueryAsync<int>("select count(distinct member_id)::int from coupons where member_id = any(@ids)", new { ids })).Single());
        Assert.Equal(1_000, (await coupons.QueryAsync<int>("""
            select count(*)::int from messaging.outbox join coupons on key = id::text where type like '%.CouponIssued' and member_id = any(@ids)
            """, new { ids })).Single());
    }

    /// <summary>The inbox cannot know that these are about the same; the coupon's own key does.</summary>
    [Fact]
    public async Task Two_events_of_one_member_make_one_coupon()
    {
        var member = Guid.CreateVersion7();
        await Task.WhenAll(coupons.Members.RegisteredAsync(member), coupons.Members.RegisteredAsync(member), coupons.Members.RegisteredAsync(member));
        await IssuedAsync(member);
        var after = Guid.CreateVersion7();
        await coupons.Members.RegisteredAsync(after);
        await IssuedAsync(after);

        Assert.Equal(1, await CountAsync([member]));
        Assert.Empty(await coupons.QueryAsync<string>("select reason from messaging.dead_letter where key = @key", new { key = member.ToString() }));
    }

    [Theory]
    [InlineData("WelcomeCoupon:Percent", "0")]
    [InlineData("WelcomeCoupon:Percent", "101")]
    [InlineData("WelcomeCoupon:MaximumDiscount", "0")]
    [InlineData("WelcomeCoupon:Minimum", "-1")]
    [InlineData("WelcomeCoupon:Days", "0")]
    [InlineData("WelcomeCoupon:Currency", "won")]
    public async Task Terms_that_make_no_sense_keep_the_service_from_starting(string setting, string value)
    {
        await using var service = coupons.Configure((setting, value));

        var failure = Assert.Throws<OptionsValidationException>(() => service.CreateClient());

        Assert.Contains(setting.Split(':')[1], failure.Message, StringComparison.Ordinal);
    }

    private Task<Coupon> IssuedAsync(Guid member) =>
        Eventually.IsAsync(async () => (await coupons.As(member).ListCouponsAsync(new())).Coupons.SingleOrDefault(), "the coupon is there", TimeSpan.FromSeconds(20));

    private async Task<int> CountAsync(List<Guid> ids) =>
        (await coupons.QueryAsync<int>("select count(*)::int from coupons where member_id = any(@ids)", new { ids })).Single();
}
