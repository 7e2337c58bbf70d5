using Grpc.Core;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Intents;

public sealed class CaptureTests(RunningPayments running)
{
    private PaymentsProcess Payments => running.Payments;

    [Theory]
    [InlineData("tok_ok")]
    [InlineData("tok_lost_answer")]
    public async Task An_authorised_amount_is_captured_once(string token)
    {
        var order = TestOrder.With(token);
        await Payments.AuthoriseAsync(order);

        await Payments.CaptureAsync(order);
        await Payments.CaptureAsync(order);

        Assert.Equal("captured", (await Payments.GetAsync(order)).Status);
        Assert.Equal(order.Amount, Assert.Single(await running.Provider.ChargesOfAsync(order.Id)).Captured);
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
        Assert.Equal([("members", -order.Amount), ("taken", order.Amount)], await running.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task Ten_concurrent_captures_over_two_replicas_capture_once()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? Payments : running.Other).CaptureAsync(order)));

        Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
        Assert.Equal(["authorise", "capture"], await running.Database.TransfersOfAsync(order.Id));
    }

    [Fact]
    public async Task A_capture_that_the_card_refuses_is_declined_each_time_and_can_be_voided()
    {
        var order = TestOrder.With("tok_capture_fails");
        await Payments.AuthoriseAsync(order);

        await Answers.RefusedAsync("payment_declined", () => Payments.CaptureAsync(order));
        await Answers.RefusedAsync("payment_declined", () => running.Other.CaptureAsync(order));
        await Payments.VoidAsync(order);

        Assert.Equal("voided", (await Payments.GetAsync(order)).Status);
        Assert.True(Assert.Single(await running.Provider.ChargesOfAsync(order.Id)).Voided);
        Assert.Equal(["PaymentAuthorised", "PaymentDeclined", "PaymentVoided"], await running.Database.EventsOfAsync(order.Id));
        Assert.Empty(await running.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task In_an_outage_a_capture_is_unknown_and_afterwards_it_succeeds()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);
        await using (await running.WithFaultsAsync(new(Outage: true)))
            await Answers.FailsAsync(StatusCode.Unavailable, () => Payments.CaptureAsync(order));

        await Eventually.TrueAsync(async () =>
        {
            await Payments.CaptureAsync(order);
            return true;
        }, "the payment is captured");

        Assert.Equal(order.Amount, Assert.Single(await running.Provider.ChargesOfAsync(order.Id)).Captured);
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_not_a_capture_that_failed()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);
        await using (await running.WithFaultsAsync(new(LatencyMs: 60_000)))
        {
            await Answers.FailsAsync(StatusCode.Unavailable, () => Payments.CaptureAsync(order));
            Assert.Equal(order.Amount, Assert.Single(await running.Provider.ChargesOfAsync(order.Id)).Captured);
        }

        await Eventually.TrueAsync(async () => await running.Database.StatusOfAsync(order.Id) == "captured", "reconciliation finds it captured");
        await Payments.CaptureAsync(order);

        Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task Nothing_is_captured_for_an_order_without_a_payment()
    {
        await Answers.FailsAsync(StatusCode.NotFound, () => Payments.CaptureAsync(TestOrder.With("tok_ok")));
    }
}
