using Shop.Payments.V1;

namespace Shop.Gateway.Orders;

internal sealed record PaymentView(string Status, Money Amount, int Attempts)
{
    public static OrderPart<PaymentView> Of(Payment payment) => new(new PaymentView(payment.Status, Money.Of(payment.Amount), payment.Attempts));
}
