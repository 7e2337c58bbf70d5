namespace Shop.Payments.Intents;

/// <summary>Where an order's money is, in the words of the contract.</summary>
public static class IntentStatus
{
    /// <summary>The provider was asked and nobody knows yet what it did.</summary>
    public const string Pending = "pending";

    public const string Authorised = "authorised";
    public const string Captured = "captured";
    public const string Voided = "voided";
    public const string Refunded = "refunded";
    public const string Declined = "declined";
}
