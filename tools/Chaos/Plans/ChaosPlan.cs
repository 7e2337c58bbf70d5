using Shop.Chaos.Killing;

namespace Shop.Chaos.Plans;

/// <summary>Orders in waves, and in each a kill while they are pending: every process in turn. Determined by the seed, before anything starts.</summary>
public static class ChaosPlan
{
    private static readonly TimeSpan LongestAfter = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestThen = TimeSpan.FromSeconds(4);

    public static IEnumerable<Step> Of(ChaosOptions options)
    {
        var victims = Victims(options);
        var number = 0;
        for (var wave = 0; wave < victims.Count; wave++)
        {
            for (var left = Share(options.Orders, victims.Count, wave); left > 0;)
            {
                var order = OrderDraw.Next(Draw.Of(options.Seed, ++number), number, TimeSpan.Zero, (0, SoakPlan.FirstMembers), left);
                left -= order.Orders;
                yield return order;
            }

            var random = Draw.Of(options.Seed, ++number);
            yield return new Kill(number, random.UpTo(LongestAfter), victims[wave]);
            yield return new WaitAfterKill(++number, Then(options, random));
        }
        yield return new CheckAtRest(++number);
    }

    private static List<Victim> Victims(ChaosOptions options)
    {
        var random = Draw.Of(options.Seed, 0);
        var victims = new List<Victim>();
        for (var round = 0; round < options.Rounds; round++)
        {
            Victim[] shuffled = [.. Victim.All(round)];
            random.Shuffle(shuffled);
            victims.AddRange(shuffled);
        }
        return victims;
    }

    /// <summary>Half of the kills hit a healthy shop, half one that is still recovering.</summary>
    private static TimeSpan? Then(ChaosOptions options, Random random)
    {
        var pause = random.UpTo(LongestThen);
        return options.Rounds > 1 && random.Next(2) == 0 ? null : pause;
    }

    private static int Share(int all, int parts, int part) => all * (part + 1) / parts - all * part / parts;
}
