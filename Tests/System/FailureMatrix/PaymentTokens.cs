namespace Shop.SystemTests.FailureMatrix;

/// <summary>How an order ends with each payment token of the simulated provider.</summary>
internal static class PaymentTokens
{
    public static readonly IReadOnlyDictionary<string, End> Ends = new Dictionary<string, End>
    {
        [PaymentToken.Ok] = End.Confirmed,
        [PaymentToken.Declined] = End.Rejected("payment_declined", "none"),
        [PaymentToken.InsufficientFunds] = End.Rejected("insufficient_funds", "none"),
        [PaymentToken.Slow] = End.Confirmed,
        [PaymentToken.LostAnswer] = End.Confirmed,
        [PaymentToken.Flaky] = End.Confirmed,
        [PaymentToken.CaptureFails] = End.Rejected("payment_declined", "voided"),
    };
}
