using Shop.PaymentProvider.Idempotency;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.PaymentProvider.Charges;

/// <param name="Amount">Minor units of the charge's currency.</param>
internal sealed record RefundChargeBody(long? Amount);

/// <summary>Refunds a captured charge, or a part of it.</summary>
internal sealed class RefundCharge(ChargeWrites charges)
{
    public Task<Answer> HandleAsync(string id, RefundChargeBody body, string? idempotencyKey, CancellationToken cancel)
    {
        if (body.Amount is not { } amount || amount < 1)
            throw new InvalidException("amount", "must be at least 1");

        return charges.ChangeAsync(id, idempotencyKey, $"POST /v1/charges/{id}/refunds {amount}", "charge.refunded", "refund", amount, charge => charge.Refund(amount), cancel);
    }
}
