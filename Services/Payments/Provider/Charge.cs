namespace Shop.Payments.Provider;

/// <summary>The state of a charge at the provider, in the shop's terms.</summary>
internal enum ChargeState
{
    Declined,
    Authorised,

    /// <summary>Also after partial refunds: there is still money to refund.</summary>
    Captured,
    Voided,
    Refunded,
}

/// <summary>An order's charge at the provider.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="Refunded">The sum of its refunds, in minor units.</param>
/// <param name="Returnable">Captured − refunded, in minor units.</param>
/// <param name="Declined">Why it was declined, in the shop's terms: <c>payment_declined</c> or <c>insufficient_funds</c>.</param>
internal sealed record Charge(string Id, ChargeState State, long Amount, string Currency, long Refunded, long Returnable, string? Declined);

/// <summary>The provider's answer to a command: the charge's current state and, if the command was refused, the reason in the shop's terms.</summary>
internal sealed record ProviderAnswer(Charge Charge, string? Refused = null);
