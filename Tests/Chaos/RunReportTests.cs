using Shop.Chaos.Plans;
using Shop.Chaos.Reporting;
using Shop.Checker;

namespace Shop.Chaos.Tests;

public sealed class RunReportTests
{
    private static readonly SoakOptions Options = new(Orders: 100, Seed: 7, Window: 500, RecoversWithin: TimeSpan.FromMinutes(1));
    private static readonly Guid Order = Guid.CreateVersion7();

    [Fact]
    public void A_violation_leads_from_the_order_to_its_step_and_to_the_command()
    {
        var step = SoakPlan.Of(Options).OfType<PlaceOrder>().First(order => order.Rivals == 0);
        var record = new ClientRecord { Orders = [new(Guid.CreateVersion7(), $"step-{step.Number}", Order) { Statuses = ["pending", "confirmed"] }] };

        var report = Report(record, new("5  nothing hangs", [$"Order {Order} is pending, but has no running saga."]));

        Assert.False(report.IsOk);
        Assert.Contains($"{step} [{Order}: pending → confirmed]", report.ToText(), StringComparison.Ordinal);
        Assert.Contains("Run it again: ./shop soak --orders 100 --seed 7", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_leads_to_its_step_too()
    {
        var step = SoakPlan.Of(Options).OfType<PlaceOrder>().First();

        var report = Report(new(), new("6  one order per idempotency key", [$"Key step-{step.Number}-1 of member {Guid.CreateVersion7()} made 2 orders."]));

        Assert.Contains($"{step}\n", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unexpected_answer_is_a_violation_of_its_step()
    {
        var step = SoakPlan.Of(Options).First();

        var report = Report(new(), new("5  nothing hangs", [])) with { Requests = new([$"Step {step.Number}: GET /api/v1/orders/1 was answered with 404"], [], new Dictionary<string, int>(), 0, 0) };

        Assert.False(report.IsOk);
        Assert.Contains($"        {step}\n", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_check_at_rest_nothing_is_proved() => Assert.False((Report(new(), new("5  nothing hangs", [])) with { Consistency = null }).IsOk);

    [Fact]
    public void A_run_without_violations_is_ok_and_names_no_steps()
    {
        var report = Report(new(), new("5  nothing hangs", []));

        Assert.True(report.IsOk);
        Assert.DoesNotContain("Run it again", report.ToText(), StringComparison.Ordinal);
    }

    private static RunReport Report(ClientRecord record, Finding finding) => new(
        new(Options.Orders, Options.RecoversWithin, Options.Command), SoakPlan.Of(Options), [], record, new([], [], new Dictionary<string, int>(), 0, 0), new Dictionary<string, int>(),
        TimeSpan.FromSeconds(10), new([finding]), new([]));
}
