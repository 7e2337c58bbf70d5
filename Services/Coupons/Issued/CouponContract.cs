using Google.Protobuf.WellKnownTypes;
using Shop.Common.V1;
using Shop.Coupons.V1;

namespace Shop.Coupons.Issued;

/// <summary>A coupon in the words of its contract: answers and events.</summary>
internal static class CouponContract
{
    public static V1.Coupon ToContract(this Coupon coupon, DateTimeOffset now)
    {
        var terms = coupon.Terms;
        var contract = new V1.Coupon
        {
            CouponId = coupon.Id.ToString(),
            Name = new() { Ko = coupon.NameKo, En = coupon.NameEn },
            Minimum = terms.MoneyOf(terms.Minimum),
            MaximumDiscount = terms.MoneyOf(terms.MaximumDiscount),
            ExpiresAt = coupon.ExpiresAt.ToTimestamp(),
            Status = coupon.StatusAt(now),
        };
        if (terms.Percent is { } percent)
            contract.Percent = percent;
        else
            contract.Amount = terms.MoneyOf(terms.Amount);
        return contract;
    }

    public static CouponIssued Issued(this Coupon coupon) => new()
    {
        CouponId = coupon.Id.ToString(),
        MemberId = coupon.MemberId.ToString(),
        Campaign = coupon.Campaign,
        Coupon = coupon.ToContract(coupon.IssuedAt),
        IssuedAt = coupon.IssuedAt.ToTimestamp(),
    };

    private static Money? MoneyOf(this CouponTerms terms, long? amount) => amount is { } value ? new() { Amount = value, Currency = terms.Currency } : null;
}
