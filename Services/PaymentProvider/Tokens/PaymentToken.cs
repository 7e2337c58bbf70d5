namespace Shop.PaymentProvider.Tokens;

/// <summary>The means of payment. A token's name defines how the provider behaves.</summary>
internal static class PaymentToken
{
    public const string Ok = "tok_ok";
    public const string Declined = "tok_declined";
    public const string InsufficientFunds = "tok_insufficient_funds";

    /// <summary>The answers to writes are delayed; the effects are not.</summary>
    public const string Slow = "tok_slow";

    /// <summary>The first answer per idempotency key is lost after the effect: the connection drops.</summary>
    public const string LostAnswer = "tok_lost_answer";

    /// <summary>Every second write returns 503 without effect.</summary>
    public const string Flaky = "tok_flaky";

    /// <summary>Authorises, then refuses every capture.</summary>
    public const string CaptureFails = "tok_capture_fails";

    /// <summary>Why a charge with this token is declined, or null. An unknown token is declined like an unknown card.</summary>
    public static string? DeclineCode(string token) => token switch
    {
        Ok or Slow or LostAnswer or Flaky or CaptureFails => null,
        InsufficientFunds => "insufficient_funds",
        _ => "card_declined",
    };
}
