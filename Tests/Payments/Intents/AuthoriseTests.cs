using Grpc.Core;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Intents;

public sealed class AuthoriseTests(RunningPayments running)
{
    private PaymentsProcess Payments => running.Payments;

    [Fact]
    public async Task A_good_card_authorises_the_amount()
    {
        var order = TestOrder.With("tok_ok");

        await Payments.AuthoriseAsync(order);

        var payment = await Payments.GetAsync(order);
        Assert.Equal(("authorised", 129_900, "KRW", 1), (payment.Status, payment.Amount.Amount, payment.Amount.Currency, payment.Attempts));
        var charge = Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        Assert.Equal((129_900, 0, false), (charge.Authorised, charge.Captured, charge.Voided));
        Assert.Equal(["PaymentAuthorised"], await running.Database.EventsOfAsync(order.Id));
        Assert.Equal([("held", 129_900), ("members", -129_900)], await running.Database.BalancesOfAsync(order.Id));
        Assert.Equal(["authorise authorised"], await running.Database.AttemptsOfAsync(order.Id));
    }

    [Fact]
    public async Task A_repeated_authorisation_answers_the_same_and_does_nothing()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);

        await Payments.AuthoriseAsync(order);
        await running.Other.AuthoriseAsync(order);

        Assert.Equal(1, (await Payments.GetAsync(order)).Attempts);
        Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        Assert.Equal(["PaymentAuthorised"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task Ten_concurrent_calls_over_two_replicas_authorise_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var order = TestOrder.With("tok_ok");

            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? Payments : running.Other).AuthoriseAsync(order)));

            Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
            Assert.Equal(["PaymentAuthorised"], await running.Database.EventsOfAsync(order.Id));
            Assert.Equal(["authorise"], await running.Database.TransfersOfAsync(order.Id));
        }
    }

    [Theory]
    [InlineData("tok_declined", "payment_declined")]
    [InlineData("tok_insufficient_funds", "insufficient_funds")]
    [InlineData("tok_nobody_issued_this", "payment_declined")]
    public async Task A_declined_card_is_a_refusal_each_time(string token, string reason)
    {
        var order = TestOrder.With(token);

        await Answers.RefusedAsync(reason, () => Payments.AuthoriseAsync(order));
        await Answers.RefusedAsync(reason, () => running.Other.AuthoriseAsync(order));

        Assert.Equal(("declined", 1), ((await Payments.GetAsync(order)).Status, (await Payments.GetAsync(order)).Attempts));
        Assert.Equal(["PaymentDeclined"], await running.Database.EventsOfAsync(order.Id));
        Assert.Empty(await running.Database.TransfersOfAsync(order.Id));
        Assert.Empty(await running.Provider.ChargesOfAsync(order.Id));
    }

    [Fact]
    public async Task A_lost_answer_is_queried_and_charges_once()
    {
        var order = TestOrder.With("tok_lost_answer");

        await Payments.AuthoriseAsync(order);

        Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        Assert.Equal(["authorise authorised"], await running.Database.AttemptsOfAsync(order.Id));
    }

    [Fact]
    public async Task A_slow_card_is_waited_for()
    {
        var order = TestOrder.With("tok_slow");

        await Payments.AuthoriseAsync(order, timeout: TimeSpan.FromSeconds(10));

        Assert.Equal("authorised", (await Payments.GetAsync(order)).Status);
    }

    [Fact]
    public async Task A_flaky_card_succeeds_when_the_call_is_repeated()
    {
        foreach (var order in new[] { TestOrder.With("tok_flaky"), TestOrder.With("tok_flaky") })
        {
            await Eventually.TrueAsync(async () =>
            {
                await Payments.AuthoriseAsync(order);   // UNAVAILABLE is retried
                return true;
            }, "the payment is authorised");

            Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        }
    }

    [Fact]
    public async Task In_an_outage_the_outcome_is_unknown_and_afterwards_it_succeeds()
    {
        var order = TestOrder.With("tok_ok");
        await using (await running.WithFaultsAsync(new(Outage: true)))
        {
            await Answers.FailsAsync(StatusCode.Unavailable, () => Payments.AuthoriseAsync(order));
            Assert.Equal("pending", (await Payments.GetAsync(order)).Status);
        }

        await Eventually.TrueAsync(async () =>
        {
            await Payments.AuthoriseAsync(order);
            return true;
        }, "the payment is authorised");

        Assert.True((await Payments.GetAsync(order)).Attempts > 1);
        Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        Assert.Equal(["PaymentAuthorised"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task An_outcome_that_no_caller_repeats_is_reconciled()
    {
        var order = TestOrder.With("tok_slow");
        await Answers.FailsAsync(StatusCode.DeadlineExceeded, () => Payments.AuthoriseAsync(order, timeout: TimeSpan.FromSeconds(1)));

        await Eventually.TrueAsync(async () => await running.Database.StatusOfAsync(order.Id) == "authorised", "it is known that the amount is held");

        Assert.Equal(["PaymentAuthorised"], await running.Database.EventsOfAsync(order.Id));
        await Eventually.TrueAsync(() => running.Database.IsSettledAsync(order.Id), "nothing is left to look at");
    }

    [Fact]
    public async Task After_a_kill_during_the_provider_call_a_repeated_command_succeeds()
    {
        var order = TestOrder.With("tok_slow");
        await using (var victim = await running.NewReplicaAsync())
        {
            var lost = victim.AuthoriseAsync(order);
            await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Count == 1, "the provider has charged");
            await victim.KillAsync();
            await Assert.ThrowsAsync<RpcException>(() => lost);
        }
        Assert.Null(await running.Database.StatusOfAsync(order.Id));

        await Payments.AuthoriseAsync(order);

        Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        Assert.Equal(["PaymentAuthorised"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task Another_amount_for_the_same_order_is_a_conflict()
    {
        var order = TestOrder.With("tok_ok");
        await Payments.AuthoriseAsync(order);

        await Answers.FailsAsync(StatusCode.AlreadyExists, () => Payments.AuthoriseAsync(order with { Amount = 1 }));
        await Answers.FailsAsync(StatusCode.AlreadyExists, () => Payments.AuthoriseAsync(order with { MemberId = Guid.CreateVersion7() }));
    }

    [Fact]
    public async Task All_errors_of_a_request_are_reported_at_once()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await Payments.Client.AuthoriseAsync(new() { OrderId = "1", Amount = new() { Amount = 0, Currency = "won" } }, Payments.As("ordering")));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal(["amount.amount", "amount.currency", "memberId", "orderId", "paymentToken"], ServiceDefaults.Errors.RpcExceptionExtensions.FieldErrors(failure).Keys.Order());
    }
}
