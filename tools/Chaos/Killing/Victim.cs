namespace Shop.Chaos.Killing;

/// <param name="Process">The resource: a service (all its replicas) or a server.</param>
/// <param name="Moment">The moment to wait for before the kill.</param>
public sealed record Victim(string Process, Moment Moment)
{
    /// <summary>
    /// Every process of the shop. Ordering is killed after another step in each round; Payments in every second round after the provider's answer, before it is recorded;
    /// Shipping when a parcel has just left.
    /// </summary>
    public static IEnumerable<Victim> All(int round)
    {
        yield return new("ordering", Moment.AfterSteps[round % Moment.AfterSteps.Count]);
        yield return new("payments", round % 2 == 0 ? Moment.ProviderAnswered : Moment.Any);
        yield return new("shipping", Moment.ParcelLeft);
        foreach (var process in new[] { "inventory", "coupons", "basket", "reviews", "catalog", "members", "notifications", "order-history", "gateway", "storefront", "console", "payment-provider", "kafka", "postgres" })
            yield return new(process, Moment.Any);
    }
}
