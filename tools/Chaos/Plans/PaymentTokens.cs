namespace Shop.Chaos.Plans;

/// <summary>The mix of payment tokens: mostly good cards.</summary>
internal static class PaymentTokens
{
    public static readonly IReadOnlyList<(int Weight, string Token)> Mix =
    [
        (26, "tok_ok"), (4, "tok_lost_answer"), (2, "tok_declined"), (2, "tok_insufficient_funds"), (2, "tok_capture_fails"), (2, "tok_flaky"), (2, "tok_slow"),
    ];

    public static string Any(Random random) => random.Weighted(Mix);
}
