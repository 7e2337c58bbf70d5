namespace Shop.Payments.Provider;

// The provider's words. They are read here and go no further.

internal sealed record ProviderCharge(
    string Id, string Status, string IdempotencyKey, string Currency, long Amount, long Captured, long Refunded, string? DeclineCode)
{
    public Charge ToCharge() => new(Id, State(), Amount, Currency, Captured - Refunded, DeclineCode is null ? null : Reason(DeclineCode));

    public static string Reason(string code) => code == "insufficient_funds" ? "insufficient_funds" : "payment_declined";

    private ChargeState State() => Status switch
    {
        "declined" => ChargeState.Declined,
        "authorized" => ChargeState.Authorised,
        "captured" or "partially_refunded" => ChargeState.Captured,   // a part given back by hand still leaves money to return
        "voided" => ChargeState.Voided,
        "refunded" => ChargeState.Refunded,
        _ => throw new OutcomeUnknownException($"The provider says that charge {Id} is '{Status}': not a state that we know."),
    };
}

internal sealed record ProviderCharges(IReadOnlyList<ProviderCharge> Items);

internal sealed record ProviderProblem(string? Code, string? Detail, ProviderCharge? Charge);

/// <summary>The body of a webhook.</summary>
internal sealed record ProviderEvent(string Id, string Type, ProviderCharge Charge);
