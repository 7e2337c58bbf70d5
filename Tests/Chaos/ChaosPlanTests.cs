using Shop.Chaos.Plans;

namespace Shop.Chaos.Tests;

public sealed class ChaosPlanTests
{
    private static readonly ChaosOptions Options = new(Orders: 500, Seed: 7, Rounds: 3, RecoversWithin: TimeSpan.FromMinutes(1));

    [Fact]
    public void The_same_seed_is_the_same_plan_and_another_one_is_not()
    {
        Assert.Equal(Words(7), Words(7));
        Assert.NotEqual(Words(7), Words(8));
    }

    [Fact]
    public void Every_process_dies_once_a_round_and_all_orders_are_placed()
    {
        var plan = ChaosPlan.Of(Options).ToList();
        var kills = plan.OfType<Kill>().ToList();

        Assert.Equal(500, plan.OfType<PlaceOrder>().Sum(order => order.Orders));
        string[] processes = ["basket", "catalog", "console", "coupons", "gateway", "inventory", "kafka", "members", "notifications", "order-history", "ordering", "payment-provider", "payments", "postgres", "reviews", "shipping", "storefront"];
        foreach (var round in kills.Chunk(processes.Length))
            Assert.Equal(processes, round.Select(kill => kill.Victim.Process).Order(StringComparer.Ordinal));
        Assert.Equal(Options.Rounds, kills.Where(kill => kill.Victim.Process == "ordering").Select(kill => kill.Victim.Moment).Distinct().Count());
        Assert.IsType<CheckAtRest>(plan[^1]);
    }

    private static List<string> Words(int seed) => [.. ChaosPlan.Of(Options with { Seed = seed }).Select(step => step.ToString())];
}
