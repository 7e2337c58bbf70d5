using Shop.Payments.V1;

namespace Shop.Gateway.Orders;

/// <param name="Status">With a part of the amount refunded it is still <c>captured</c>.</param>
/// <param name="Refunded">The sum of the refunds; 0 if there was none.</param>
internal sealed record PaymentView(string Status, Money Amount, int Attempts, Money Refunded)
{
    public static OrderPart<PaymentView> Of(Payment payment) => new(
        new PaymentView(payment.Status, Money.Of(payment.Amount), payment.Attempts, Money.Of(payment.Refunded, payment.Amount.Currency)));
}
