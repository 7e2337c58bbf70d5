using Shop.Chaos.Killing;

namespace Shop.Chaos.Plans;

/// <summary>Everything that members, operators, the provider and failing machines do in a soak run: determined by the seed, before anything starts. It is drawn lazily.</summary>
public static class SoakPlan
{
    /// <summary>Members who sign up before the first step.</summary>
    public const int FirstMembers = 8;

    /// <summary>Only the newest so many members order, so that a long run does not need ever more of them.</summary>
    public const int ActiveMembers = 24;

    private const int Rounds = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(80);
    private static readonly Victim[] Victims = [.. Enumerable.Range(0, Rounds).SelectMany(Victim.All)];

    private enum Kind { Order, SignUp, Restock, Price, RetrySaga, CompensateSaga, Faults, Kill }

    private static readonly IReadOnlyList<(int Weight, Kind Kind)> Kinds =
    [
        (700, Kind.Order), (65, Kind.SignUp), (40, Kind.Restock), (20, Kind.Price), (12, Kind.RetrySaga), (12, Kind.CompensateSaga), (10, Kind.Faults), (12, Kind.Kill),
    ];

    public static IEnumerable<Step> Of(SoakOptions options)
    {
        var (placed, members, nextCheck) = (0, FirstMembers, options.Window);
        for (var number = 1; placed < options.Orders; number++)
        {
            if (placed >= nextCheck)
            {
                nextCheck += options.Window;
                yield return new CheckAtRest(number);
                continue;
            }

            var step = StepOf(Draw.Of(options.Seed, number), number, members, options.Orders - placed);
            placed += (step as PlaceOrder)?.Orders ?? 0;
            members += step is SignUp ? 1 : 0;
            yield return step;
            if (placed >= options.Orders)
                yield return new CheckAtRest(number + 1);
        }
    }

    private static Step StepOf(Random random, int number, int members, int left)
    {
        var pause = random.UpTo(LongestPause);
        return random.Weighted(Kinds) switch
        {
            Kind.SignUp => new SignUp(number, pause, members),
            Kind.Restock => new Restock(number, pause, Assortment.Plentiful + random.Next(Assortment.Scarce), random.Chance(0.2) ? -random.Next(1, 6) : random.Next(5, 31)),
            Kind.Price => new ChangePrice(number, pause, random.Next(Assortment.Products), Assortment.Price + 100 * random.Next(-20, 21)),
            Kind.RetrySaga => new TouchSaga(number, pause, Compensates: false, random.NextDouble()),
            Kind.CompensateSaga => new TouchSaga(number, pause, Compensates: true, random.NextDouble()),
            Kind.Faults => Faults(random, number, pause),
            Kind.Kill => new Kill(number, pause, Victims[random.Next(Victims.Length)]),
            _ => OrderDraw.Next(random, number, pause, Active(members), left),
        };
    }

    private static (int First, int Count) Active(int members) => (Math.Max(0, members - ActiveMembers), Math.Min(members, ActiveMembers));

    private static InjectFaults Faults(Random random, int number, TimeSpan pause)
    {
        var lasts = TimeSpan.FromSeconds(0.5) + random.UpTo(TimeSpan.FromSeconds(4));
        return random.Next(3) switch
        {
            0 => new(number, pause, 0, 0, Outage: true, lasts),
            1 => new(number, pause, 0, random.Next(100, 1_500), Outage: false, lasts),
            _ => new(number, pause, Math.Round(0.1 + 0.5 * random.NextDouble(), 2), 0, Outage: false, lasts),
        };
    }
}
