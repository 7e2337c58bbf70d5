using Grpc.Core;
using Shop.Payments.Tests.Provider;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Reconciliation;

/// <summary>What the comparison with the provider's ledger finds, and what it repairs.</summary>
public sealed class ComparisonTests(ComparedPayments compared) : IClassFixture<ComparedPayments>
{
    [Fact]
    public async Task What_agrees_makes_no_difference()
    {
        var (kept, voided, refunded) = (await compared.CapturedAsync(), TestOrder.With("tok_lost_answer"), await compared.CapturedAsync());
        await compared.Idle.AuthoriseAsync(voided);
        await compared.Idle.VoidAsync(voided);
        await compared.Idle.RefundAsync(refunded);
        await compared.Idle.AuthoriseAsync(TestOrder.With("tok_flaky"));

        await using var payments = await compared.NewReplicaAsync(("Reconciliation__LedgerPage", "2"));
        await compared.ComparedAsync(payments);

        foreach (var order in new[] { kept, voided, refunded })
            Assert.Empty(await compared.DifferencesOfAsync(payments, order.Id));
    }

    [Fact]
    public async Task Partial_refunds_at_the_provider_are_recorded_and_a_release_refunds_the_rest()
    {
        var order = await compared.CapturedAsync();
        await compared.RefundAsync(order, 300);
        await compared.RefundAsync(order, 100);
        await using var payments = await compared.NewReplicaAsync();
        await compared.ComparedAsync(payments);

        var part = await payments.GetAsync(order);
        Assert.Equal(("captured", 400, "KRW"), (part.Status, part.Refunded.Amount, part.Refunded.Currency));
        Assert.Equal([("missing_refund", true)], await compared.DifferencesOfAsync(payments, order.Id));

        await payments.RefundAsync(order);

        var whole = await payments.GetAsync(order);
        Assert.Equal(("refunded", 1000), (whole.Status, whole.Refunded.Amount));
        Assert.Equal((1000, 2), await compared.RefundsOfAsync(order.Id));
        Assert.Equal(1000, Assert.Single(await compared.Provider.ChargesOfAsync(order.Id)).Refunded);
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured", "PaymentRefunded", "PaymentRefunded"], await compared.Database.EventsOfAsync(order.Id));
        Assert.Empty(await compared.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task A_charge_in_an_unknown_status_is_reported_and_stops_no_other()
    {
        var (odd, other) = (await compared.CapturedAsync(), await compared.CapturedAsync());
        await compared.RefundAsync(odd, 300);
        await compared.RefundAsync(other, 300);
        await using var proxy = new RecordingProxy(compared.Provider)
        {
            Answer = (call, body) => call == "GET charges" && body.Contains(odd.Id.ToString(), StringComparison.Ordinal) ? body.Replace("partially_refunded", "disputed") : body,
        };
        await proxy.StartAsync();
        await using var payments = await compared.NewReplicaAsync(proxy.Setting);

        await compared.ComparedAsync(payments);

        Assert.Equal([("missing_refund", false)], await compared.DifferencesOfAsync(payments, odd.Id));
        Assert.Equal([("missing_refund", true)], await compared.DifferencesOfAsync(payments, other.Id));
    }

    [Fact]
    public async Task A_capture_and_a_void_at_the_provider_are_recorded()
    {
        var (captured, voided) = (TestOrder.With("tok_ok"), TestOrder.With("tok_ok"));
        await compared.Idle.AuthoriseAsync(captured);
        await compared.Idle.AuthoriseAsync(voided);
        await ChangeAsync(captured, "capture");
        await ChangeAsync(voided, "void");

        await using var payments = await compared.NewReplicaAsync();
        await compared.ComparedAsync(payments);

        Assert.Equal(("captured", "voided"), ((await payments.GetAsync(captured)).Status, (await payments.GetAsync(voided)).Status));
        Assert.Equal([("missing_capture", true)], await compared.DifferencesOfAsync(payments, captured.Id));
        Assert.Equal([("missing_void", true)], await compared.DifferencesOfAsync(payments, voided.Id));
    }

    [Fact]
    public async Task A_charge_that_arrives_after_its_release_is_released_again()
    {
        var order = TestOrder.With("tok_ok");
        await compared.Idle.VoidAsync(order);
        await Eventually.TrueAsync(() => compared.Database.IsSettledAsync(order.Id), "the checks for a late charge have ended", TimeSpan.FromSeconds(20));
        (await compared.Provider.CreateAsync("tok_ok", $"{order.Id}/authorise", 5)).Dispose();

        await using var payments = await compared.NewReplicaAsync();
        await Eventually.TrueAsync(async () => Assert.Single(await compared.Provider.ChargesOfAsync(order.Id)).Voided, "it is voided");
        await Eventually.TrueAsync(async () => (await compared.DifferencesOfAsync(payments, order.Id)).Contains(("not_released", true)), "and that is reported");

        Assert.Empty(await compared.Database.BalancesOfAsync(order.Id));
    }

    [Fact]
    public async Task What_cannot_be_repaired_is_reported_and_logged_once()
    {
        var (foreign, orphan, other) = (ProviderCalls.NewKey(), TestOrder.With("tok_ok"), TestOrder.With("tok_ok", 500));
        await compared.Provider.ChargeAsync("tok_ok", foreign);
        await compared.Provider.ChargeAsync("tok_ok", $"{orphan.Id}/authorise");
        await compared.Provider.ChargeAsync("tok_ok", $"{other.Id}/authorise", 499);
        await compared.Database.ExecuteAsync(
            $"insert into intents (order_id, member_id, amount, currency, status, authorise_attempts, reconcile_attempts, created_at, changed_at) values ('{other.Id}', '{other.MemberId}', 500, 'KRW', 'pending', 1, 0, now(), now())");
        var invented = TestOrder.With("tok_ok");
        await compared.Database.ExecuteAsync(
            $"insert into attempts (id, order_id, step, outcome, at, took) values ('{Guid.CreateVersion7()}', '{invented.Id}', 'capture', 'captured', now(), '1 ms')");

        await using var payments = await compared.NewReplicaAsync();
        await compared.ComparedAsync(payments);

        Assert.Equal([("unknown_charge", false)], await compared.DifferencesOfAsync(payments, orphan.Id));
        Assert.Equal([("amount_differs", false)], await compared.DifferencesOfAsync(payments, other.Id));
        Assert.Equal([("not_at_provider", false)], await compared.DifferencesOfAsync(payments, invented.Id));
        var all = (await payments.Client.GetReconciliationAsync(new(), payments.AsOperator())).Differences;
        Assert.Contains(all, difference => difference is { OrderId: "", Kind: "unknown_charge", Ours: "", Theirs: "authorised 1000 KRW", Repaired: false });
        Assert.Single(payments.Output.Split('\n'), line => line.Contains($"unknown_charge of order {orphan.Id}", StringComparison.Ordinal));

        // Once its payment is recorded, the charge is no longer unknown.
        await Eventually.TrueAsync(async () => { await payments.VoidAsync(orphan); return true; }, "the order is cancelled");
        await Eventually.TrueAsync(async () => (await compared.DifferencesOfAsync(payments, orphan.Id)).Contains(("unknown_charge", true)), "it is known");
    }

    [Fact]
    public async Task A_payment_that_contradicts_itself_is_reported_and_does_not_stop_the_comparison()
    {
        var (otherAmount, unbooked) = (await compared.CapturedAsync(), TestOrder.With("tok_ok"));
        await compared.RefundAsync(otherAmount, 300);
        await compared.Database.ExecuteAsync($"update intents set amount = 999 where order_id = '{otherAmount.Id}'");
        var charge = await compared.Provider.ChargeAsync("tok_ok", $"{unbooked.Id}/authorise");
        await compared.Database.ExecuteAsync(
            $"insert into intents (order_id, member_id, amount, currency, status, charge_id, authorise_attempts, reconcile_attempts, created_at, changed_at) values ('{unbooked.Id}', '{unbooked.MemberId}', 1000, 'KRW', 'authorised', '{charge.Id}', 1, 0, now(), now())");

        await using var payments = await compared.NewReplicaAsync();
        await compared.ComparedAsync(payments);

        Assert.Equal([("amount_differs", false)], await compared.DifferencesOfAsync(payments, otherAmount.Id));
        Assert.Equal([("missing_authorisation", false)], await compared.DifferencesOfAsync(payments, unbooked.Id));
    }

    [Fact]
    public async Task What_is_young_is_left_for_later()
    {
        var order = await compared.CapturedAsync();
        await compared.RefundAsync(order, 1);
        await using (var patient = await compared.NewReplicaAsync(("Reconciliation__Grace", "01:00:00"), ("Reconciliation__AttemptGrace", "01:00:00")))
        {
            var before = (await patient.Client.GetReconciliationAsync(new(), patient.AsOperator())).At;
            await Eventually.TrueAsync(async () => (await patient.Client.GetReconciliationAsync(new(), patient.AsOperator())).At != before, "it compares");
            Assert.Equal(0, (await patient.GetAsync(order)).Refunded.Amount);
        }

        await using var payments = await compared.NewReplicaAsync();
        await compared.ComparedAsync(payments);
        Assert.Equal(1, (await payments.GetAsync(order)).Refunded.Amount);
    }

    [Fact]
    public async Task Only_operators_see_it()
    {
        await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await compared.Idle.Client.GetReconciliationAsync(new(), compared.Idle.AsMember(Guid.CreateVersion7())));
        Assert.NotNull(await compared.Idle.Client.GetReconciliationAsync(new(), compared.Idle.AsOperator()));
    }

    private async Task ChangeAsync(TestOrder order, string what)
    {
        var charge = Assert.Single(await compared.Provider.FindAsync($"{order.Id}/authorise"));
        (await compared.Provider.DoAsync(charge, what)).Dispose();
    }
}
