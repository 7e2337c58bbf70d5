namespace Shop.Chaos.Plans;

/// <param name="Orders">How many the plan places: stocks and estimates follow from it.</param>
/// <param name="RecoversWithin">How long the shop may take to recover from a kill, and to come to rest.</param>
/// <param name="Repeats">The command that repeats the run.</param>
public sealed record RunSettings(int Orders, TimeSpan RecoversWithin, string Repeats)
{
    /// <summary>A simulated courier moves shipments, so the shop is at rest only when they have arrived.</summary>
    public bool HasCourier { get; init; } = true;

    /// <summary>How long a client waits for a status before it does what it wanted to do then.</summary>
    public TimeSpan MostWait { get; init; } = TimeSpan.FromSeconds(20);
}
