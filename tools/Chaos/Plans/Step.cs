using Shop.Chaos.Killing;

namespace Shop.Chaos.Plans;

/// <summary>What somebody does: a part of a plan, decided before the run. <c>ToString</c> says it in words.</summary>
/// <param name="Number">From 1, in the order of the plan.</param>
/// <param name="Pause">From the step before.</param>
public abstract record Step(int Number, TimeSpan Pause)
{
    public sealed override string ToString() => $"step {Number} (after {Pause.TotalMilliseconds:0} ms): {Words}";

    protected abstract string Words { get; }
}

/// <param name="Member">Its number: members are numbered in the order of their sign-ups in the plan.</param>
public sealed record SignUp(int Number, TimeSpan Pause, int Member) : Step(Number, Pause)
{
    protected override string Words => $"member {Member} signs up";
}

/// <param name="Product">Its number: the plentiful ones first, then the scarce ones (<see cref="Assortment"/>).</param>
/// <param name="Change">Of the units on hand: a delivery, or a correction below 0.</param>
public sealed record Restock(int Number, TimeSpan Pause, int Product, int Change) : Step(Number, Pause)
{
    protected override string Words => $"an operator counts {Change:+0;-0} units of product {Product}";
}

/// <param name="Price">In minor units.</param>
public sealed record ChangePrice(int Number, TimeSpan Pause, int Product, long Price) : Step(Number, Pause)
{
    protected override string Words => $"an operator sets the price of product {Product} to {Price}";
}

/// <summary>An operator retries or compensates a saga.</summary>
/// <param name="Which">0 to 1: its place in the list of the running ones, which depends on timing.</param>
public sealed record TouchSaga(int Number, TimeSpan Pause, bool Compensates, double Which) : Step(Number, Pause)
{
    protected override string Words => $"an operator {(Compensates ? "compensates" : "retries")} the running saga at {Which:0.00} of the list";
}

/// <summary>The provider has these faults for some time.</summary>
public sealed record InjectFaults(int Number, TimeSpan Pause, double ErrorRate, int LatencyMs, bool Outage, TimeSpan Lasts) : Step(Number, Pause)
{
    public string Kind => Outage ? "outages" : LatencyMs > 0 ? "latencies" : "error rates";

    protected override string Words => $"the provider has {(Outage ? "an outage" : LatencyMs > 0 ? $"a latency of {LatencyMs} ms" : $"{ErrorRate:0.00} errors")} for {Lasts.TotalSeconds:0.0} s";
}

/// <summary>The plan goes on while the moment is awaited. A kill waits until the one before has happened.</summary>
public sealed record Kill(int Number, TimeSpan Pause, Victim Victim) : Step(Number, Pause)
{
    protected override string Words => $"{Victim.Process} is killed {Victim.Moment.Name}";
}

/// <summary>The plan stops until the kill before has happened, and then for some time.</summary>
/// <param name="For">Null: until the shop has recovered.</param>
public sealed record WaitAfterKill(int Number, TimeSpan? For) : Step(Number, TimeSpan.Zero)
{
    protected override string Words => For is { } time ? $"nothing for {time.TotalMilliseconds:0} ms after the kill" : "nothing until the shop has recovered";
}

/// <summary>All requests end, the shop comes to rest, and the invariants are checked.</summary>
public sealed record CheckAtRest(int Number) : Step(Number, TimeSpan.Zero)
{
    protected override string Words => "the invariants are checked at rest";
}
