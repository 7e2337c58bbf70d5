namespace Shop.PaymentProvider.Charges;

/// <summary>A charge in responses and webhooks.</summary>
internal sealed record ChargeView(
    string Id,
    string Status,
    string IdempotencyKey,
    string Currency,
    long Amount,
    long Authorised,
    long Captured,
    long Refunded,
    bool Voided,
    string? DeclineCode,
    DateTimeOffset CreatedAt)
{
    public static ChargeView Of(Charge charge) => new(
        charge.Id, charge.Status, charge.IdempotencyKey, charge.Currency, charge.Amount, charge.Authorised, charge.Captured, charge.Refunded,
        charge.Voided, charge.DeclineCode, charge.CreatedAt);
}
