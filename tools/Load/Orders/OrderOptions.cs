namespace Shop.Load.Orders;

/// <param name="Crowds">How many members order, one measurement for each number; without a rate each of them has one order under way.</param>
/// <param name="Rate">Orders a second, placed whether or not the shop keeps up; null: by the buyers.</param>
/// <param name="Waits">A buyer waits until the order has ended before the next one.</param>
/// <param name="ProviderErrors">The share of the provider's answers that are errors.</param>
public sealed record OrderOptions(int Count, IReadOnlyList<int> Crowds, double? Rate, bool Waits, int Products, int Warmup, double ProviderErrors)
{
    public static OrderOptions Read(Arguments words)
    {
        if (words.Has("rate") && words.Has("no-wait"))
            throw new MistakeException("--no-wait says nothing when orders are placed at a rate.");
        double? rate = words.Has("rate") ? words.Number("rate", 0, 0.1, 10_000) : null;
        return new(
            words.Count("count", 1_000, 1, 1_000_000),
            words.Counts("buyers", rate is null ? 16 : 64, 1, 1_000),
            rate,
            !words.Flag("no-wait"),
            words.Count("products", 50, 1, 1_000),
            words.Count("warm-up", 300, 0, 100_000),
            words.Number("provider-errors", 0, 0, 0.9));
    }

    public string Describe(int buyers) =>
        $"{Count} orders of one piece each, {(Rate is { } rate ? $"{rate} a second by {buyers} buyers" : $"by {buyers} buyer{(buyers == 1 ? "" : "s")}, {(Waits ? "each waiting for the end before the next" : "none waiting for the end")}")}, {Products} products";
}
