using Grpc.Core;
using Shop.Payments.Tests.Provider;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Intents;

/// <summary>The compensations: the payment is voided or refunded, whatever happened before and whatever arrives late.</summary>
public sealed class ReleaseTests(RunningPayments running)
{
    private PaymentsProcess Payments => running.Payments;

    [Theory]
    [InlineData("tok_ok")]
    [InlineData("tok_lost_answer")]
    public async Task An_authorisation_is_voided(string token)
    {
        var order = TestOrder.With(token);
        await Payments.AuthoriseAsync(order);

        await Payments.VoidAsync(order);
        await Payments.VoidAsync(order);

        Assert.Equal("voided", (await Payments.GetAsync(order)).Status);
        Assert.True(Assert.Single(await running.Provider.ChargesOfAsync(order.Id)).Voided);
        Assert.Equal(["PaymentAuthorised", "PaymentVoided"], await running.Database.EventsOfAsync(order.Id));
        Assert.Empty(await running.Database.BalancesOfAsync(order.Id));
    }

    [Theory]
    [InlineData("tok_ok")]
    [InlineData("tok_lost_answer")]
    public async Task A_capture_is_refunded(string token)
    {
        var order = TestOrder.With(token);
        await Payments.AuthoriseAsync(order);
        await Payments.CaptureAsync(order);

        await Payments.RefundAsync(order);
        await Payments.RefundAsync(order);

        Assert.Equal("refunded", (await Payments.GetAsync(order)).Status);
        var charge = Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        Assert.Equal((order.Amount, order.Amount), (charge.Captured, charge.Refunded));
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured", "PaymentRefunded"], await running.Database.EventsOfAsync(order.Id));
        Assert.Empty(await running.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task A_release_that_meets_a_partial_refund_refunds_the_rest()
    {
        var order = TestOrder.With("tok_ok", 1000);
        await Payments.AuthoriseAsync(order);
        await Payments.CaptureAsync(order);
        var charge = Assert.Single(await running.Provider.FindAsync($"{order.Id}/authorise"));
        (await running.Provider.DoAsync(charge, "refunds", body: new { amount = 300 })).Dispose();
        // As if the partial refund had come between the release's query and its command: that was refused, and the provider keeps the refusal.
        using var refused = await running.Provider.DoAsync(charge, "refunds", $"{order.Id}/refund", new { amount = 1000 });
        Assert.Equal("amount_too_large", await refused.CodeAsync());

        await Payments.RefundAsync(order);

        var payment = await Payments.GetAsync(order);
        Assert.Equal(("refunded", 1000), (payment.Status, payment.Refunded.Amount));
        Assert.Equal(1000, Assert.Single(await running.Provider.ChargesOfAsync(order.Id)).Refunded);
        Assert.Empty(await running.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task A_refund_of_an_authorisation_voids_it()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);

        await Payments.RefundAsync(order);

        Assert.Equal("voided", (await Payments.GetAsync(order)).Status);
    }

    [Fact]
    public async Task After_a_void_nothing_is_captured()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);
        await Payments.VoidAsync(order);

        await Answers.RefusedAsync("voided", () => Payments.CaptureAsync(order));
        await Answers.RefusedAsync("voided", () => Payments.AuthoriseAsync(order));
    }

    [Fact]
    public async Task A_void_that_overtakes_its_authorisation_wins()
    {
        var order = TestOrder.With("tok_ok");

        await Payments.VoidAsync(order);
        await Answers.RefusedAsync("voided", () => running.Other.AuthoriseAsync(order));

        Assert.Empty(await running.Provider.ChargesOfAsync(order.Id));
        await Answers.FailsAsync(StatusCode.NotFound, () => Payments.GetAsync(order));
        await Eventually.TrueAsync(() => running.Database.IsSettledAsync(order.Id), "the watch ends");
    }

    [Fact]
    public async Task A_void_during_the_authorisation_wins()
    {
        var order = TestOrder.With("tok_ok");
        Task authorisation;
        await using (await running.WithFaultsAsync(new(LatencyMs: 4000)))
        {
            authorisation = Payments.AuthoriseAsync(order);
            await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Count == 1, "the provider has charged");
        }

        await running.Other.VoidAsync(order);
        Assert.False(authorisation.IsCompleted);

        await Answers.RefusedAsync("voided", () => authorisation);
        await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Single().Voided, "the charge is voided");
        Assert.Empty(await running.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task An_authorisation_of_a_killed_replica_is_voided()
    {
        var order = TestOrder.With("tok_slow");
        await using (var victim = await running.NewReplicaAsync())
        {
            var lost = victim.AuthoriseAsync(order);
            await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Count == 1, "the provider has charged");
            await victim.KillAsync();
            await Assert.ThrowsAsync<RpcException>(() => lost);
        }

        await Payments.VoidAsync(order);

        await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Single().Voided, "the charge is voided");
        Assert.Empty(await running.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task A_late_charge_is_voided_after_its_void()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.VoidAsync(order);

        // As if the authorisation of a killed replica had been in flight all the time.
        (await running.Provider.PostAsync("/v1/charges", new { amount = 5, currency = "KRW", token = "tok_ok" }, $"{order.Id}/authorise")).Dispose();

        await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Single().Voided, "the watch finds it");
        Assert.Empty(await running.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task In_an_outage_a_void_is_recorded_and_completed_afterwards()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);
        await using (await running.WithFaultsAsync(new(Outage: true)))
        {
            await Payments.VoidAsync(order);
            Assert.Equal("authorised", (await Payments.GetAsync(order)).Status);
            await Answers.RefusedAsync("voided", () => running.Other.CaptureAsync(order));
        }

        await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Single().Voided, "the promise is kept", TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(async () => (await Payments.GetAsync(order)).Status == "voided", "and on our books");
        Assert.Equal(["PaymentAuthorised", "PaymentVoided"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task In_an_outage_a_refund_is_recorded_and_completed_afterwards()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);
        await Payments.CaptureAsync(order);
        await using (await running.WithFaultsAsync(new(Outage: true)))
            await Payments.RefundAsync(order);

        await Eventually.TrueAsync(async () => (await Payments.GetAsync(order)).Status == "refunded", "the promise is kept", TimeSpan.FromSeconds(30));

        Assert.Equal(order.Amount, (await running.Provider.ChargesOfAsync(order.Id)).Single().Refunded);
        Assert.Empty(await running.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task A_void_of_an_unknown_order_in_an_outage_blocks_its_authorisation()
    {
        var order = TestOrder.With("tok_ok");
        await using (await running.WithFaultsAsync(new(Outage: true)))
            await Payments.VoidAsync(order);

        await Answers.RefusedAsync("voided", () => Payments.AuthoriseAsync(order));

        Assert.Empty(await running.Provider.ChargesOfAsync(order.Id));
        await Eventually.TrueAsync(() => running.Database.IsSettledAsync(order.Id), "the watch ends", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Concurrent_captures_and_voids_leave_nothing_captured()
    {
        for (var round = 0; round < 5; round++)
        {
            var order = TestOrder.With("tok_ok");
            await Payments.AuthoriseAsync(order);

            await Task.WhenAll(IgnoreRefusalAsync(() => Payments.CaptureAsync(order)), running.Other.VoidAsync(order), IgnoreRefusalAsync(() => running.Other.CaptureAsync(order)));

            await Eventually.TrueAsync(async () => await running.Database.StatusOfAsync(order.Id) is "voided" or "refunded", "the money went back");
            var charge = Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
            Assert.Equal(charge.Captured, charge.Refunded);
            Assert.Equal(charge.Captured == 0, charge.Voided);
            await Eventually.TrueAsync(async () => (await running.Database.BalancesOfAsync(order.Id)).Count == 0, "the books agree");
        }
    }

    private static async Task IgnoreRefusalAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.FailedPrecondition)
        {
            // The void came first.
        }
    }
}
