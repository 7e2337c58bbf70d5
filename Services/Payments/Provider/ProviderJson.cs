namespace Shop.Payments.Provider;

// The provider's JSON. The rest of the service uses Charge and ProviderAnswer only.

internal sealed record ProviderCharge(
    string Id, string Status, string IdempotencyKey, string Currency, long Amount, long Captured, long Refunded, string? DeclineCode)
{
    public Charge ToCharge() => new(Id, State(), Amount, Currency, Captured - Refunded, DeclineCode is null ? null : Reason(DeclineCode));

    public static string Reason(string code) => code == "insufficient_funds" ? "insufficient_funds" : "payment_declined";

    private ChargeState State() => Status switch
    {
        "declined" => ChargeState.Declined,
        "authorized" => ChargeState.Authorised,
        "captured" or "partially_refunded" => ChargeState.Captured,   // after a manual partial refund there is still money to refund
        "voided" => ChargeState.Voided,
        "refunded" => ChargeState.Refunded,
        _ => throw new OutcomeUnknownException($"Charge {Id} of the provider has the unknown status '{Status}'."),
    };
}

internal sealed record ProviderCharges(IReadOnlyList<ProviderCharge> Items);

internal sealed record ProviderProblem(string? Code, string? Detail, ProviderCharge? Charge);

/// <summary>The body of a webhook.</summary>
internal sealed record ProviderEvent(string Id, string Type, ProviderCharge Charge);
