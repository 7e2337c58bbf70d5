using System.Globalization;

namespace Shop.Notifications.Texts;

internal static class Korean
{
    private static readonly TimeSpan Seoul = TimeSpan.FromHours(9);

    public static Text Of(string kind, Facts facts) => kind switch
    {
        NotificationKind.Welcome => New("가입을 환영합니다", "Shop의 회원이 되신 것을 환영합니다.", "이제 상품을 주문하고 주문 내역을 확인하실 수 있습니다."),
        NotificationKind.CouponIssued => New("쿠폰이 발급되었습니다", $"{facts.CouponKo}: {Day(facts.ExpiresAt)}까지 사용하실 수 있습니다.", "주문하실 때 쿠폰을 선택해 주세요."),
        NotificationKind.OrderConfirmed => New("주문이 확정되었습니다", $"{Money(facts)}의 주문이 확정되었습니다. 곧 배송을 준비합니다.", Order(facts)),
        NotificationKind.OrderRejected => New("주문이 완료되지 않았습니다", $"주문을 완료하지 못했습니다. {Rejected(facts.Reason)}", "이미 결제된 금액이 있으면 전액 환불됩니다.", Order(facts)),
        NotificationKind.OrderDispatched => New("상품이 출고되었습니다", $"주문하신 상품이 출고되었습니다. 운송장 번호: {facts.TrackingNumber}", Order(facts)),
        NotificationKind.OrderDelivered => New("배송이 완료되었습니다", "주문하신 상품의 배송이 완료되었습니다.", Order(facts)),
        NotificationKind.OrderCancelled => New("주문이 취소되었습니다", Cancelled(facts.Reason), "결제하신 금액은 전액 환불되고, 사용하신 쿠폰은 만료되지 않았으면 다시 사용하실 수 있습니다.", Order(facts)),
        NotificationKind.Refunded => New("환불되었습니다", $"환불 금액: {Money(facts)}", "카드사에 따라 며칠 뒤에 확인하실 수 있습니다.", Order(facts)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static Text New(string title, string body, params IEnumerable<string> more) => Text.Of(title, body, "안녕하세요.", "Shop 드림", more);

    private static string Order(Facts facts) => $"주문 번호: {facts.OrderId}";

    private static string Money(Facts facts) => facts.Currency == "KRW"
        ? string.Create(CultureInfo.InvariantCulture, $"{facts.Amount:N0}원")
        : string.Create(CultureInfo.InvariantCulture, $"{facts.Amount / 100m:N2} {facts.Currency}");

    private static string Day(DateTimeOffset time) => time.ToOffset(Seoul).ToString("yyyy년 M월 d일", CultureInfo.InvariantCulture);

    private static string Rejected(string reason) => reason switch
    {
        "out_of_stock" => "재고가 부족합니다.",
        "payment_declined" => "결제가 거절되었습니다.",
        "insufficient_funds" => "잔액이 부족합니다.",
        "coupon_not_usable" => "쿠폰을 사용할 수 없습니다.",
        "timed_out" => "제시간에 처리되지 않았습니다.",
        _ => "다시 주문해 주세요.",
    };

    private static string Cancelled(string reason) => reason switch
    {
        "cancelled_by_member" => "요청하신 대로 주문이 취소되었습니다.",
        "cancelled_by_operator" => "쇼핑몰에서 주문을 취소했습니다.",
        "delivery_failed" => "상품을 배송하지 못하여 주문이 취소되었습니다.",
        _ => "주문이 취소되었습니다.",
    };
}
