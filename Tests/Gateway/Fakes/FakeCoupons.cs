using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shop.Coupons.V1;
using Contract = Shop.Common.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeCoupons : CouponsService.CouponsServiceBase
{
    public const string CouponId = "0198c0de-0000-7000-8000-0000000000cc";
    private static readonly Timestamp Expires = Timestamp.FromDateTimeOffset(new(2026, 3, 31, 9, 0, 0, TimeSpan.Zero));

    public Calls Calls { get; } = new();

    public static Coupon Percentage => new()
    {
        CouponId = CouponId, Name = new() { Ko = "가입 축하 쿠폰", En = "Welcome coupon" }, Percent = 10, Minimum = Won(20_000), MaximumDiscount = Won(10_000),
        ExpiresAt = Expires, Status = "usable",
    };

    public static Coupon Fixed => new() { CouponId = CouponId, Name = new() { Ko = "감사 쿠폰", En = "Thank you" }, Amount = Won(5_000), ExpiresAt = Expires, Status = "redeemed" };

    public override Task<ListCouponsResponse> ListCoupons(ListCouponsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ListCouponsResponse { Coupons = { Percentage } });

    private static Contract.Money Won(long amount) => new() { Amount = amount, Currency = "KRW" };
}
