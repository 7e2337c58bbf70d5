using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Coupons.Issued;

/// <summary>A member's coupon. At most one order has it; its row is locked whenever that changes.</summary>
internal sealed class Coupon
{
    private Coupon() { }

    public Guid Id { get; private init; }

    public Guid MemberId { get; private init; }

    /// <summary>Why it was issued. A campaign issues one coupon to a member.</summary>
    public string Campaign { get; private init; } = "";

    public string NameKo { get; private init; } = "";

    public string NameEn { get; private init; } = "";

    public CouponTerms Terms { get; private init; } = null!;

    public DateTimeOffset IssuedAt { get; private init; }

    /// <summary>Until then an order can reserve it. One that was reserved in time can be redeemed later.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>As stored: <c>usable</c>, <c>reserved</c> or <c>redeemed</c>. What it is now: <see cref="StatusAt"/>.</summary>
    public string Status { get; private set; } = CouponStatus.Usable;

    /// <summary>The order that has it reserved or redeemed.</summary>
    public Guid? OrderId { get; private set; }

    public static Coupon Issue(Guid memberId, string campaign, (string Ko, string En) name, CouponTerms terms, DateTimeOffset now, TimeSpan validFor) => new()
    {
        Id = Guid.CreateVersion7(now),
        MemberId = memberId,
        Campaign = campaign,
        NameKo = name.Ko,
        NameEn = name.En,
        Terms = terms,
        IssuedAt = now,
        ExpiresAt = now + validFor,
    };

    public string StatusAt(DateTimeOffset now) => Status == CouponStatus.Usable && ExpiresAt <= now ? CouponStatus.Expired : Status;

    /// <returns>The discount in minor units of <paramref name="currency"/>.</returns>
    /// <exception cref="RefusedException"><c>coupon_not_usable</c>, with the cause as its message.</exception>
    public long Quote(long subtotal, string currency, DateTimeOffset now)
    {
        var cause = StatusAt(now) switch
        {
            CouponStatus.Reserved => "Another order is using this coupon.",
            CouponStatus.Redeemed => "This coupon has been used.",
            CouponStatus.Expired => "This coupon has expired.",
            _ when currency != Terms.Currency => $"This coupon is for orders in {Terms.Currency}.",
            _ when subtotal < Terms.Minimum => $"This coupon needs an order of at least {Terms.Minimum} {Terms.Currency}.",
            _ => null,
        };
        return cause is null ? Terms.DiscountOf(subtotal) : throw NotUsable(cause);
    }

    public void Reserve(Guid orderId) => (Status, OrderId) = (CouponStatus.Reserved, orderId);

    /// <summary>Also after its time: it was reserved in time.</summary>
    public void Redeem() => Status = CouponStatus.Redeemed;

    public void Restore() => (Status, OrderId) = (CouponStatus.Usable, null);

    public static RefusedException NotUsable(string cause) => new("coupon_not_usable", cause);
}
