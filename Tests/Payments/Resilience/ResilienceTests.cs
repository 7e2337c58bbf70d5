using Grpc.Core;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Resilience;

/// <summary>A dead or slow provider does not affect calls that do not need it.</summary>
public sealed class ResilienceTests(RunningPayments running)
{
    [Fact]
    public async Task The_breaker_opens_in_an_outage_and_closes_after_it()
    {
        await using var provider = await running.NewProviderAsync();
        await using var payments = await running.NewPaymentsAsync(
            provider, ("Provider__MinimumThroughput", "4"), ("Provider__BreakDuration", "00:00:01"), ("Reconciliation__Interval", "00:10:00"));
        var paid = TestOrder.With("tok_ok");
        await payments.AuthoriseAsync(paid);
        await provider.SetFaultsAsync(new(Outage: true));

        var order = TestOrder.With("tok_ok");
        await Eventually.TrueAsync(async () => await IsBrokenAsync(() => payments.AuthoriseAsync(order)), "the breaker opens");

        // An open breaker refuses at once; calls that do not need the provider succeed.
        Assert.Equal("authorised", (await payments.GetAsync(paid)).Status);
        var fresh = TestOrder.With("tok_ok");
        await Eventually.TrueAsync(async () => await IsBrokenAsync(() => payments.AuthoriseAsync(fresh)), "it is open");

        await provider.SetFaultsAsync(new());
        await Eventually.TrueAsync(async () =>
        {
            await payments.AuthoriseAsync(order);
            return true;
        }, "the breaker closes");
        Assert.Contains("OnCircuitOpened", payments.Output, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => payments.Output.Contains("OnCircuitClosed", StringComparison.Ordinal), "it says that it is closed");
    }

    [Fact]
    public async Task A_slow_provider_fills_its_bulkhead_and_blocks_nothing_else()
    {
        await using var provider = await running.NewProviderAsync();
        await using var payments = await running.NewPaymentsAsync(provider, ("Provider__MaxConcurrentCalls", "2"), ("Provider__Timeout", "00:00:40"));
        var paid = TestOrder.With("tok_ok");
        await payments.AuthoriseAsync(paid);
        await provider.SetFaultsAsync(new(LatencyMs: 10_000));
        var timeout = TimeSpan.FromSeconds(40);
        var waiting = new[] { payments.AuthoriseAsync(TestOrder.With("tok_ok"), timeout), payments.AuthoriseAsync(TestOrder.With("tok_ok"), timeout) };
        await Eventually.TrueAsync(async () => (await provider.LedgerAsync()).Count == 3, "both are at the provider");

        await Answers.FailsAsync(StatusCode.Unavailable, () => payments.AuthoriseAsync(TestOrder.With("tok_ok")));
        Assert.Equal("authorised", (await payments.GetAsync(paid)).Status);
        Assert.DoesNotContain(waiting, call => call.IsCompleted);

        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_provider_that_does_not_run_is_unavailable_and_the_payment_is_pending_but_not_in_doubt()
    {
        await using var provider = await running.NewProviderAsync();
        await using var payments = await running.NewPaymentsAsync(provider);
        await provider.KillAsync();
        var order = TestOrder.With("tok_ok");

        await Answers.FailsAsync(StatusCode.Unavailable, () => payments.AuthoriseAsync(order));
        var waiting = await payments.GetAsync(order);       // the order's page shows it
        Assert.Equal(("pending", 0), (waiting.Status, waiting.Attempts));

        await provider.StartAsync();
        await Eventually.TrueAsync(async () =>
        {
            await payments.AuthoriseAsync(order);
            return true;
        }, "the payment is authorised");
    }

    private static async Task<bool> IsBrokenAsync(Func<Task> call)
    {
        try
        {
            await call();
            return false;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable)
        {
            return failure.Status.Detail.Contains("cannot be used right now", StringComparison.Ordinal);
        }
    }
}
