using System.Globalization;

namespace Shop.Notifications.Texts;

internal static class English
{
    private static readonly TimeSpan Seoul = TimeSpan.FromHours(9);

    public static Text Of(string kind, Facts facts) => kind switch
    {
        NotificationKind.Welcome => New("Welcome", "Welcome to Shop.", "You can now order, and follow your orders."),
        NotificationKind.CouponIssued => New("You have a coupon", $"{facts.CouponEn}: you can use it until {Day(facts.ExpiresAt)}.", "Choose it when you order."),
        NotificationKind.OrderConfirmed => New("Your order is confirmed", $"Your order of {Money(facts)} is confirmed. We are preparing it.", Order(facts)),
        NotificationKind.OrderRejected => New("Your order was not completed", $"We could not complete your order. {Rejected(facts.Reason)}", "If anything was charged, it is refunded in full.", Order(facts)),
        NotificationKind.OrderDispatched => New("Your order is on its way", $"Your order was handed over to the courier. Tracking number: {facts.TrackingNumber}", Order(facts)),
        NotificationKind.OrderDelivered => New("Your order has arrived", "Your order was delivered.", Order(facts)),
        NotificationKind.OrderCancelled => New("Your order was cancelled", Cancelled(facts.Reason), "What you paid is refunded in full. A coupon that you used can be used again, unless it has expired.", Order(facts)),
        NotificationKind.Refunded => New("You have a refund", $"Refunded: {Money(facts)}", "Your bank may take some days to show it.", Order(facts)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static Text New(string title, string body, params IEnumerable<string> more) => Text.Of(title, body, "Hello,", "Shop", more);

    private static string Order(Facts facts) => $"Order number: {facts.OrderId}";

    private static string Money(Facts facts) => facts.Currency == "KRW"
        ? string.Create(CultureInfo.InvariantCulture, $"₩{facts.Amount:N0}")
        : string.Create(CultureInfo.InvariantCulture, $"{facts.Amount / 100m:N2} {facts.Currency}");

    private static string Day(DateTimeOffset time) => time.ToOffset(Seoul).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Rejected(string reason) => reason switch
    {
        "out_of_stock" => "There is not enough stock.",
        "payment_declined" => "The payment was declined.",
        "insufficient_funds" => "The account has insufficient funds.",
        "coupon_not_usable" => "The coupon could not be used.",
        "timed_out" => "It took too long.",
        _ => "Please order again.",
    };

    private static string Cancelled(string reason) => reason switch
    {
        "cancelled_by_member" => "Your order was cancelled, as you asked.",
        "cancelled_by_operator" => "The shop has cancelled your order.",
        "delivery_failed" => "Your order could not be delivered and was cancelled.",
        _ => "Your order was cancelled.",
    };
}
