using Shop.PaymentProvider.Idempotency;

namespace Shop.PaymentProvider.Charges;

/// <summary>Captures an authorised charge.</summary>
internal sealed class CaptureCharge(ChargeWrites charges)
{
    public Task<Answer> HandleAsync(string id, string? idempotencyKey, CancellationToken cancel) =>
        charges.ChangeAsync(id, idempotencyKey, $"POST /v1/charges/{id}/capture", "charge.captured", "capture", null, charge => charge.Capture(), cancel);
}
