using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using Shop.Payments.Tests.Provider;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Webhooks;

public sealed class WebhookTests(RunningPayments running)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_webhook_reports_the_outcome_of_a_lost_answer()
    {
        // Reconciliation runs later than this test waits, so only the webhook can update the payment.
        await using var payments = await running.NewReplicaAsync(("Reconcile__First", "00:30:00"), ("Reconcile__LongestPause", "00:30:00"));
        await payments.AuthoriseAsync(TestOrder.With("tok_ok"));   // a process that has just started is slow
        var order = TestOrder.With("tok_slow");
        await Answers.FailsAsync(StatusCode.DeadlineExceeded, () => payments.AuthoriseAsync(order, timeout: TimeSpan.FromSeconds(2)));
        var delivery = await DeliveryAsync(order, "charge.authorized");
        await Eventually.TrueAsync(async () => await running.Database.StatusOfAsync(order.Id) == "pending", "the unknown outcome is on record");

        await ReceiveAsync(payments, delivery.Body, delivery.Signature);
        await ReceiveAsync(payments, delivery.Body, delivery.Signature);

        Assert.Equal("authorised", await running.Database.StatusOfAsync(order.Id));
        Assert.Equal(["PaymentAuthorised"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task A_charge_that_somebody_voided_at_the_provider_cannot_be_captured()
    {
        var order = TestOrder.With("tok_ok");
        await running.Payments.AuthoriseAsync(order);
        var charge = Assert.Single(await running.Provider.FindAsync($"{order.Id}/authorise"));
        (await running.Provider.DoAsync(charge, "void")).Dispose();
        var delivery = await DeliveryAsync(order, "charge.voided");

        await ReceiveAsync(running.Payments, delivery.Body, delivery.Signature);

        Assert.Equal("voided", (await running.Payments.GetAsync(order)).Status);
        await Answers.RefusedAsync("payment_declined", () => running.Payments.CaptureAsync(order));
    }

    [Fact]
    public async Task A_concurrent_webhook_and_answer_are_recorded_once()
    {
        var orders = Enumerable.Range(0, 12).Select(_ => TestOrder.With("tok_ok")).ToList();
        await Task.WhenAll(orders.Select(order => TogetherAsync(order, "authorized", payments => payments.AuthoriseAsync(order))));
        await Task.WhenAll(orders.Select(order => TogetherAsync(order, "captured", payments => payments.CaptureAsync(order))));

        foreach (var order in orders)
        {
            Assert.Equal(["authorise", "capture"], await running.Database.TransfersOfAsync(order.Id));
            Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
            Assert.Equal([("members", -order.Amount), ("taken", order.Amount)], await running.Database.BalancesOfAsync(order.Id));
        }
    }

    /// <summary>The command at one replica, and its webhook at both.</summary>
    private Task TogetherAsync(TestOrder order, string status, Func<PaymentsProcess, Task> command)
    {
        var (one, two) = (Event(order, status), Event(order, status));
        return Task.WhenAll(ReceiveAsync(running.Other, one, Sign(one, Now)), command(running.Payments), ReceiveAsync(running.Payments, two, Sign(two, Now)));
    }

    [Fact]
    public async Task A_webhook_leads_to_a_query_and_a_replay_does_not()
    {
        var order = TestOrder.With("tok_ok");
        await running.Payments.AuthoriseAsync(order);
        var id = $"evt_{Guid.CreateVersion7():N}";
        var lie = Event(order, status: "captured", id: id);

        await ReceiveAsync(running.Payments, lie, Sign(lie, Now));
        await ReceiveAsync(running.Payments, lie, Sign(lie, Now));

        Assert.Equal("authorised", await running.Database.StatusOfAsync(order.Id));
        Assert.Single(await running.Database.QueryAsync<string>("select event_id from seen_webhooks where event_id = @id", new { id }));
        // During an outage the replay is acknowledged, as it is recorded already, and a new event is not.
        await using var faults = await running.WithFaultsAsync(new(Outage: true));
        await ReceiveAsync(running.Payments, lie, Sign(lie, Now));
        var another = Event(order, status: "captured");
        await Answers.FailsAsync(StatusCode.Unavailable, () => ReceiveAsync(running.Payments, another, Sign(another, Now)));
    }

    [Fact]
    public async Task A_webhook_of_an_unknown_order_is_acknowledged()
    {
        var body = Event(TestOrder.With("tok_ok"), "authorized");

        await ReceiveAsync(running.Payments, body, Sign(body, Now));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(+330)]
    public async Task A_webhook_that_is_late_or_early_is_refused(int seconds)
    {
        var body = Event(TestOrder.With("tok_ok"), "authorized");
        var at = Now.AddSeconds(seconds);

        await Answers.FailsAsync(StatusCode.Unauthenticated, () => ReceiveAsync(running.Payments, body, Sign(body, at)));

        // The log names the difference of the clocks.
        var reason = string.Create(CultureInfo.InvariantCulture, $"A webhook of the provider was refused: signed at {at.UtcDateTime:MM/dd/yyyy HH:mm:ss} \\+00:00, 3\\d\\d s from this service's clock, more than 300 s");
        await Eventually.TrueAsync(() => Regex.IsMatch(running.Payments.Output, reason), "it logs how far");
    }

    [Fact]
    public async Task A_webhook_of_another_sender_or_with_another_body_is_refused()
    {
        var body = Event(TestOrder.With("tok_ok"), "authorized");
        var other = Event(TestOrder.With("tok_ok"), "authorized");
        foreach (var signature in new[] { "", "v1=ab", $"t={Now.ToUnixTimeSeconds()}", "t=x,v1=y", Sign(other, Now), Sign(body, Now, "a secret that somebody guessed"), Sign(body, Now)[..^1], OfAnotherTime(body) })
            await Answers.FailsAsync(StatusCode.Unauthenticated, () => ReceiveAsync(running.Payments, body, signature));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("""{ "id": "evt_1", "id": "evt_2", "type": "charge.captured" }""")]
    public async Task A_signed_body_that_is_not_JSON_of_an_event_is_refused(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);

        await Answers.FailsAsync(StatusCode.InvalidArgument, () => ReceiveAsync(running.Payments, body, Sign(body, Now)));
    }

    [Theory]
    [InlineData("""{ "id": "evt_1", "type": "charge.captured" }""")]
    [InlineData("""{ "id": "evt_1", "type": "payout.paid", "payout": { "id": "po_1" } }""")]
    [InlineData("""{ "id": 1, "type": [] }""")]
    public async Task An_event_without_a_known_charge_is_acknowledged_and_ignored(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);

        await ReceiveAsync(running.Payments, body, Sign(body, Now));
    }

    [Fact]
    public async Task Neither_secrets_nor_cards_are_logged_at_any_level()
    {
        await using var payments = await running.NewReplicaAsync(
            [.. new[] { "Default", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore.Database.Command", "System.Net.Http.HttpClient", "Microsoft.Extensions.Http", "Grpc", "Polly" }
                .Select(category => ($"Logging__LogLevel__{category}", "Trace"))]);
        var order = TestOrder.With("tok_ok");
        await payments.AuthoriseAsync(order);
        await payments.CaptureAsync(order);
        var body = Event(order, "authorized");
        await ReceiveAsync(payments, body, Sign(body, Now));
        await Answers.FailsAsync(StatusCode.Unauthenticated, () => ReceiveAsync(payments, body, OfAnotherTime(body)));
        await Eventually.TrueAsync(() => payments.Output.Contains("ReceiveWebhook", StringComparison.Ordinal), "it logs what it does");

        string[] secrets = [Secrets.ApiKey, Secrets.Webhook, "tok_ok", Sign(body, Now).Split("v1=")[1]];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, payments.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_gateway_hands_webhooks_in()
    {
        var body = Event(TestOrder.With("tok_ok"), "authorized");
        var request = new V1.ReceiveWebhookRequest { Body = ByteString.CopyFrom(body), Signature = Sign(body, Now) };

        await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await running.Payments.Client.ReceiveWebhookAsync(request, running.Payments.As("ordering")));
    }

    private static async Task ReceiveAsync(PaymentsProcess payments, byte[] body, string signature) =>
        await payments.Client.ReceiveWebhookAsync(new() { Body = ByteString.CopyFrom(body), Signature = signature }, payments.As("gateway"));

    private Task<Delivery> DeliveryAsync(TestOrder order, string type) => Eventually.IsAsync(
        () => Task.FromResult(running.Stubs.Deliveries.FirstOrDefault(
            delivery => Encoding.UTF8.GetString(delivery.Body) is var text && text.Contains(order.Id.ToString()) && text.Contains(type))),
        $"the provider sends {type}");

    private static byte[] Event(TestOrder order, string status, string? id = null) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = id ?? $"evt_{Guid.CreateVersion7():N}",
        type = $"charge.{status}",
        charge = new { id = "ch_1", status, idempotencyKey = $"{order.Id}/authorise", currency = "KRW", amount = order.Amount, captured = 0, refunded = 0 },
    });

    // An old signature with a new time.
    private static string OfAnotherTime(byte[] body) => $"t={Now.ToUnixTimeSeconds()},{Sign(body, Now.AddMinutes(-10)).Split(',')[1]}";

    private static string Sign(byte[] body, DateTimeOffset at, string secret = Secrets.Webhook)
    {
        var t = at.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{t}."), .. body];
        return $"t={t},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
