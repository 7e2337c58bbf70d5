using Shop.Chaos.Plans;

namespace Shop.Chaos.Tests;

public sealed class SoakPlanTests
{
    [Fact]
    public void The_same_seed_is_the_same_plan_and_another_one_is_not()
    {
        Assert.Equal(Words(7), Words(7));
        Assert.NotEqual(Words(7), Words(8));
    }

    /// <summary>A longer run with a seed begins like a shorter one, so a violation is found again without the rest of the run.</summary>
    [Fact]
    public void More_orders_do_not_change_the_steps_before()
    {
        var shorter = Plan(7, orders: 500).SkipLast(1).Select(step => step.ToString()).ToList();

        Assert.Equal(shorter.SkipLast(1), Plan(7, orders: 5_000).Select(step => step.ToString()).Take(shorter.Count - 1));
    }

    [Fact]
    public void All_orders_are_placed_and_checked_after_each_window()
    {
        var plan = Plan(7, orders: 2_000).ToList();

        Assert.Equal(2_000, Orders(plan));
        Assert.Equal(Enumerable.Range(1, plan.Count), plan.Select(step => step.Number));
        Assert.IsType<CheckAtRest>(plan[^1]);
        Assert.All(Windows(plan), window => Assert.InRange(Orders(window), 1, 500 + 3));
        Assert.Equal(4, Windows(plan).Count());
    }

    [Fact]
    public void Everything_that_can_happen_happens()
    {
        var plan = Plan(7, orders: 5_000).ToList();
        var orders = plan.OfType<PlaceOrder>().ToList();

        Assert.Equal(Enum.GetValues<SequelKind>(), orders.Select(order => order.Sequel.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<Repeat>(), orders.Select(order => order.Repeat).Distinct().Order());
        string[] tokens = ["tok_capture_fails", "tok_declined", "tok_flaky", "tok_insufficient_funds", "tok_lost_answer", "tok_ok", "tok_slow"];
        Assert.Equal(tokens, orders.Select(order => order.PaymentToken).Distinct().Order(StringComparer.Ordinal));
        string[] cancelledFrom = ["confirmed", "dispatched", "pending"];
        Assert.Equal(cancelledFrom, orders.Where(order => order.Sequel.Kind is SequelKind.Cancel).Select(order => order.Sequel.From).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(orders, order => order is { UsesCoupon: true, Rivals: > 0 });
        Assert.Contains(orders, order => order.StatesTotal);
        Assert.Contains(plan.OfType<Restock>(), restock => restock.Change < 0);
        Assert.Equal([false, true], plan.OfType<TouchSaga>().Select(touch => touch.Compensates).Distinct().Order());
        Assert.Equal(3, plan.OfType<InjectFaults>().Select(faults => faults.Kind).Distinct().Count());
        Assert.NotEmpty(plan.OfType<ChangePrice>());
        string[] processes = ["basket", "catalog", "console", "coupons", "gateway", "inventory", "kafka", "members", "notifications", "order-history", "ordering", "payment-provider", "payments", "postgres", "reviews", "shipping", "storefront"];
        Assert.Equal(processes, plan.OfType<Kill>().Select(kill => kill.Victim.Process).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Shares_are_those_of_the_weights()
    {
        var plan = Plan(7, orders: 20_000).ToList();
        var orders = plan.OfType<PlaceOrder>().ToList();

        Assert.InRange(plan.OfType<Kill>().Count(), 200, 500);
        Assert.InRange(orders.Count(order => order.PaymentToken == "tok_ok") / (double)orders.Count, 0.60, 0.70);
        Assert.InRange(orders.Count(order => order.Sequel.Kind is SequelKind.FailDelivery) / (double)orders.Count, 0.08, 0.12);
        Assert.InRange(plan.OfType<SignUp>().Count() / (double)orders.Count, 0.07, 0.12);
    }

    /// <summary>They are numbered in the order of their sign-ups, and only the newest order.</summary>
    [Fact]
    public void Only_active_members_order()
    {
        var members = SoakPlan.FirstMembers;
        foreach (var step in Plan(7, orders: 5_000))
        {
            if (step is SignUp signUp)
                Assert.Equal(members++, signUp.Member);
            else if (step is PlaceOrder order)
                Assert.InRange(order.Member, Math.Max(0, members - SoakPlan.ActiveMembers), members - 1);
        }
    }

    private static IEnumerable<Step> Plan(int seed, int orders = 500) => SoakPlan.Of(new(orders, seed, Window: 500, RecoversWithin: TimeSpan.FromMinutes(1)));

    private static List<string> Words(int seed) => [.. Plan(seed).Select(step => step.ToString())];

    private static int Orders(IEnumerable<Step> steps) => steps.OfType<PlaceOrder>().Sum(order => order.Orders);

    private static IEnumerable<IReadOnlyList<Step>> Windows(IEnumerable<Step> plan)
    {
        var window = new List<Step>();
        foreach (var step in plan)
        {
            window.Add(step);
            if (step is not CheckAtRest)
                continue;
            yield return window;
            window = [];
        }
    }
}
