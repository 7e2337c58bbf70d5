using Shop.Chaos.Killing;

namespace Shop.Chaos;

/// <summary>Concurrent orders, and a kill while they are pending.</summary>
/// <param name="After">From the first of the orders to the earliest time of the kill.</param>
/// <param name="Then">From the kill to the next wave; null: after the shop has recovered.</param>
public sealed record Wave(int Orders, Victim Victim, TimeSpan After, TimeSpan? Then);

/// <summary>The sequence of kills: determined by the seed, before anything starts.</summary>
public static class ChaosPlan
{
    private static readonly TimeSpan LongestAfter = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestThen = TimeSpan.FromSeconds(4);

    public static IReadOnlyList<Wave> Of(ChaosOptions options, Random random)
    {
        var victims = new List<Victim>();
        for (var round = 0; round < options.Rounds; round++)
        {
            Victim[] shuffled = [.. Victim.All(round)];
            random.Shuffle(shuffled);
            victims.AddRange(shuffled);
        }

        return
        [
            .. victims.Select((victim, i) => new Wave(
                Share(options.Orders, victims.Count, i), victim, LongestAfter * random.NextDouble(), Then(options, random))),
        ];
    }

    /// <summary>Half of the kills hit a healthy shop, half one that is still recovering.</summary>
    private static TimeSpan? Then(ChaosOptions options, Random random)
    {
        var pause = LongestThen * random.NextDouble();
        return options.Rounds > 1 && random.Next(2) == 0 ? null : pause;
    }

    private static int Share(int all, int parts, int part) => all * (part + 1) / parts - all * part / parts;
}
