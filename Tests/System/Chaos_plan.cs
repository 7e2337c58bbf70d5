using Shop.Chaos;

namespace Shop.SystemTests;

public sealed class Chaos_plan
{
    private static readonly ChaosOptions Options = new(Orders: 500, Seed: 7, Rounds: 3, RecoversWithin: TimeSpan.FromMinutes(1));

    [Fact]
    public void The_same_seed_is_the_same_plan_and_another_one_is_not()
    {
        Assert.Equal(Plan(7), Plan(7));
        Assert.NotEqual(Plan(7), Plan(8));
    }

    [Fact]
    public void Every_process_dies_once_a_round_and_all_orders_are_placed()
    {
        var plan = Plan(7);

        Assert.Equal(500, plan.Sum(wave => wave.Orders));
        string[] processes = ["catalog", "coupons", "gateway", "inventory", "kafka", "members", "ordering", "payment-provider", "payments", "postgres", "shipping"];
        foreach (var round in plan.Chunk(processes.Length))
            Assert.Equal(processes, round.Select(wave => wave.Victim.Process).Order(StringComparer.Ordinal));
        Assert.Equal(Options.Rounds, plan.Where(wave => wave.Victim.Process == "ordering").Select(wave => wave.Victim.Moment).Distinct().Count());
    }

    private static IReadOnlyList<Wave> Plan(int seed) => ChaosPlan.Of(Options, new Random(seed));
}
