using Shop.Payments.V1;

namespace Shop.Gateway.Orders;

public sealed record PaymentView(string Status, Money Amount, int Attempts);

/// <param name="View">Null when there is no payment (yet), or when its service is unavailable.</param>
public sealed record PaymentPart(PaymentView? View, bool IsAvailable = true)
{
    public static PaymentPart None { get; } = new((PaymentView?)null);

    public static PaymentPart Unavailable { get; } = new(null, IsAvailable: false);

    public static PaymentPart Of(Payment payment) => new(new PaymentView(payment.Status, Money.Of(payment.Amount), payment.Attempts));
}
