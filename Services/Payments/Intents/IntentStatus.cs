namespace Shop.Payments.Intents;

/// <summary>The status of a payment, as in the contract.</summary>
internal static class IntentStatus
{
    /// <summary>An authorisation was requested; its outcome is unknown.</summary>
    public const string Pending = "pending";

    public const string Authorised = "authorised";
    /// <summary>Also when a part of it was refunded.</summary>
    public const string Captured = "captured";
    public const string Voided = "voided";
    /// <summary>All of it.</summary>
    public const string Refunded = "refunded";
    public const string Declined = "declined";
}
