using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Payments.Intents;

/// <summary>The exceptions of a payment that was refused or is in doubt.</summary>
internal static class Refusals
{
    public const string PaymentDeclined = "payment_declined";

    public static RefusedException Declined(Intent intent) => new(intent.Refusal ?? PaymentDeclined, "The payment was declined.");

    public static RefusedException Voided() => new("voided", "The payment was released: nothing is authorised or captured for this order any more.");

    /// <summary>In doubt, not refused: repeat the command with the same ids.</summary>
    public static UnavailableException Unknown() => new("The payment provider did not answer; the outcome is not known yet.", reason: "provider_unavailable");
}
