namespace Shop.Load.Orders;

/// <param name="BuyerCounts">The number of buyers, with one measurement for each number; without a rate each buyer has one order in flight.</param>
/// <param name="Rate">Orders per second, an open workload; null: a closed workload by the buyers.</param>
/// <param name="Waits">A buyer waits until the order has ended before the next one.</param>
/// <param name="ProviderErrors">The share of the provider's answers that are errors, 0 to 0.9.</param>
/// <param name="Declined">The share of orders whose payment is declined, 0 to 1.</param>
internal sealed record OrderOptions(int Count, IReadOnlyList<int> BuyerCounts, double? Rate, bool Waits, int Products, int Warmup, double ProviderErrors, double Declined)
{
    public static OrderOptions Read(Arguments words)
    {
        if (words.Has("rate") && words.Has("no-wait"))
            throw new MistakeException("--no-wait has no effect together with --rate.");
        double? rate = words.Has("rate") ? words.Number("rate", 0, 0.1, 10_000) : null;
        return new(
            words.Count("count", 1_000, 1, 1_000_000),
            words.Counts("buyers", rate is null ? 16 : 64, 1, 1_000),
            rate,
            !words.Flag("no-wait"),
            words.Count("products", 50, 1, 1_000),
            words.Count("warm-up", 300, 0, 100_000),
            words.Number("provider-errors", 0, 0, 0.9),
            words.Number("declined", 0, 0, 1));
    }

    public string Describe(int buyers) =>
        $"{Count} orders of one piece each, {(Rate is { } rate ? $"{rate} a second by {buyers} buyers" : $"by {buyers} buyer{(buyers == 1 ? "" : "s")}, {(Waits ? "each waiting for the end before the next" : "none waiting for the end")}")}, {Products} products";
}
