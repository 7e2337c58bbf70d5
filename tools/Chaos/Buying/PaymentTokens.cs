namespace Shop.Chaos.Buying;

/// <summary>The mix of payment tokens: mostly good cards.</summary>
internal static class PaymentTokens
{
    private static readonly string[] Mix =
    [
        .. Enumerable.Repeat("tok_ok", 13),
        "tok_declined", "tok_insufficient_funds", "tok_capture_fails", "tok_lost_answer", "tok_lost_answer", "tok_flaky", "tok_slow",
    ];

    public static string Any(Random random) => Mix[random.Next(Mix.Length)];
}
