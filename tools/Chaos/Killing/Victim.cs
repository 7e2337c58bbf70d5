namespace Shop.Chaos.Killing;

/// <param name="Process">The resource: a service, all its replicas at once, or a server.</param>
/// <param name="Moment">What is waited for first.</param>
public sealed record Victim(string Process, Moment Moment)
{
    /// <summary>Every process of the shop. Ordering dies after another step in each round, Payments when the provider has answered and it has not yet written that down,
    /// Shipping when a parcel has just left.</summary>
    public static IEnumerable<Victim> All(int round)
    {
        yield return new("ordering", Moment.AfterSteps[round % Moment.AfterSteps.Count]);
        yield return new("payments", round % 2 == 0 ? Moment.ProviderAnswered : Moment.Any);
        yield return new("shipping", Moment.ParcelLeft);
        foreach (var process in new[] { "inventory", "coupons", "catalog", "members", "gateway", "payment-provider", "kafka", "postgres" })
            yield return new(process, Moment.Any);
    }
}
