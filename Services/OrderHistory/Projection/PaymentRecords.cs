using Google.Protobuf;
using Shop.OrderHistory.Orders;
using Shop.Payments.V1;

namespace Shop.OrderHistory.Projection;

/// <summary>What an event of a payment says.</summary>
internal static class PaymentRecords
{
    /// <returns>Null: it is no event of a payment.</returns>
    public static OrderRecord? RecordOf(IMessage message) => message switch
    {
        PaymentAuthorised e => Of(e.OrderId, e.MemberId, e.State ?? Old(2, "authorised", e.Amount)),
        PaymentCaptured e => Of(e.OrderId, e.MemberId, e.State ?? Old(3, "captured", e.Amount)),
        PaymentVoided e => Of(e.OrderId, e.MemberId, e.State ?? Old(3, "voided", e.Amount)),
        PaymentRefunded e => Of(e.OrderId, e.MemberId, e.State ?? Old(4, "refunded", e.Amount, refunded: e.Amount)),
        PaymentDeclined e => Of(e.OrderId, e.MemberId, e.State ?? Old(1, "declined", null)),
        PaymentChanged e => Of(e.OrderId, e.MemberId, e.State),
        _ => null,
    };

    /// <summary>Of an event from before events had the state: payments were refunded in full, and nearly always authorised by one call.</summary>
    private static PaymentState Old(int version, string status, Common.V1.Money? amount, Common.V1.Money? refunded = null) =>
        new() { Version = version, Status = status, Amount = amount, Refunded = refunded, Attempts = 1 };

    private static OrderRecord Of(string orderId, string memberId, PaymentState state)
    {
        var order = EventRecordIds.New(orderId, memberId);
        (order.PaymentVersion, order.PaymentStatus, order.PaymentAttempts) = (state.Version, state.Status, state.Attempts);
        (order.PaymentAmount, order.PaymentRefunded) = (state.Amount?.Amount ?? 0, state.Refunded?.Amount ?? 0);
        return order;
    }
}
