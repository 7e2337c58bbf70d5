using Shop.PaymentProvider.Idempotency;

namespace Shop.PaymentProvider.Charges;

/// <summary>Voids an authorised charge.</summary>
internal sealed class VoidCharge(ChargeWrites charges)
{
    public Task<Answer> HandleAsync(string id, string? idempotencyKey, CancellationToken cancel) =>
        charges.ChangeAsync(id, idempotencyKey, $"POST /v1/charges/{id}/void", "charge.voided", "void", null, charge => charge.Void(), cancel);
}
