namespace Shop.Payments.Provider;

/// <summary>What became of an order's money at the provider, in the shop's words.</summary>
public enum ChargeState
{
    Declined,
    Authorised,
    Captured,
    Voided,
    Refunded,
}

/// <summary>An order's charge as the provider sees it.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="Returnable">What was taken and not yet given back.</param>
/// <param name="Declined">Why it was declined, as the shop says it: <c>payment_declined</c> or <c>insufficient_funds</c>.</param>
public sealed record Charge(string Id, ChargeState State, long Amount, string Currency, long Returnable, string? Declined);

/// <summary>The provider's answer to a command: the charge as it is now and, where the answer was no, the reason in the shop's words.</summary>
public sealed record ProviderAnswer(Charge Charge, string? Refused = null);
