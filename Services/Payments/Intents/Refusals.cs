using Shop.ServiceDefaults;

namespace Shop.Payments.Intents;

/// <summary>The ways to say no.</summary>
internal static class Refusals
{
    public const string PaymentDeclined = "payment_declined";

    public static RefusedException Declined(Intent intent) => new(intent.Refusal ?? PaymentDeclined, "The payment was declined.");

    public static RefusedException Voided() => new("voided", "The payment was given up: nothing is held or taken for this order any more.");

    /// <summary>Not a no: nobody knows. Ask again with the same ids.</summary>
    public static UnavailableException Unknown() => new("The payment provider did not answer; the outcome is not known yet.", reason: "provider_unavailable");
}
