using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Coupons.Issued;
using Shop.Members.V1;
using Shop.Messaging;

namespace Shop.Coupons.Welcome;

/// <summary>
/// Choreography: nobody asks Coupons to do this. One coupon per member: the inbox drops an event that is delivered again, and the unique index
/// <c>ix_coupons_member_id_campaign</c> keeps a member who is announced by two events from getting two.
/// Members who registered before this service existed get theirs, too: a consumer begins at the start of the topic.
/// </summary>
internal sealed class IssueWelcomeCoupon(CouponsDb db, IOptions<WelcomeCouponOptions> options, TimeProvider clock) : IHandle<MemberRegistered>
{
    public const string Campaign = "welcome";

    public async Task HandleAsync(MemberRegistered @event, EventContext context, CancellationToken cancel)
    {
        var member = Guid.Parse(@event.MemberId);
        if (await db.Coupons.AnyAsync(coupon => coupon.MemberId == member && coupon.Campaign == Campaign, cancel))
            return;

        var welcome = options.Value;
        var terms = new CouponTerms { Percent = welcome.Percent, MaximumDiscount = welcome.MaximumDiscount, Minimum = welcome.Minimum, Currency = welcome.Currency };
        // Valid from now and not from the registration: the coupon of an old member, or of an event that waited, must not be over when it comes.
        var coupon = Coupon.Issue(member, Campaign, ("가입 축하 쿠폰", "Welcome coupon"), terms, clock.GetUtcNow(), TimeSpan.FromDays(welcome.Days));
        db.Coupons.Add(coupon);
        db.Publish(coupon.Issued());
    }
}
