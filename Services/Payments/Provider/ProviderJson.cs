namespace Shop.Payments.Provider;

// The provider's JSON. The rest of the service uses Charge and ProviderAnswer only.

internal sealed record ProviderCharge(
    string Id, string Status, string IdempotencyKey, string Currency, long Amount, long Captured, long Refunded, string? DeclineCode)
{
    public Charge ToCharge() => new(Id, State(), Amount, Currency, Refunded, Captured - Refunded, DeclineCode is null ? null : Reason(DeclineCode));

    public static string Reason(string code) => code == "insufficient_funds" ? "insufficient_funds" : "payment_declined";

    private ChargeState State() => Status switch
    {
        "declined" => ChargeState.Declined,
        "authorized" => ChargeState.Authorised,
        "captured" or "partially_refunded" => ChargeState.Captured,
        "voided" => ChargeState.Voided,
        "refunded" => ChargeState.Refunded,
        _ => throw new UnknownStatusException($"Charge {Id} of the provider has the unknown status '{Status}'."),
    };
}

internal sealed record ProviderCharges(IReadOnlyList<ProviderCharge> Items);

internal sealed record ProviderProblem(string? Code, string? Detail, ProviderCharge? Charge);

internal sealed record ProviderMovement(
    long Sequence, string ChargeId, string? IdempotencyKey, string Kind, long Amount, string Currency, long Refunded, DateTimeOffset At)
{
    public Movement ToMovement() => new(Sequence, ChargeId, ProviderKeys.OrderOf(IdempotencyKey), KindOf(Kind), Amount, Currency, Refunded, At);

    private static MovementKind KindOf(string kind) => kind switch
    {
        "authorise" => MovementKind.Authorise,
        "capture" => MovementKind.Capture,
        "void" => MovementKind.Void,
        "refund" => MovementKind.Refund,
        _ => MovementKind.Other,
    };
}

internal sealed record ProviderMovements(IReadOnlyList<ProviderMovement> Items);

/// <summary>The body of a webhook.</summary>
internal sealed record ProviderEvent(string Id, string Type, ProviderCharge Charge);
