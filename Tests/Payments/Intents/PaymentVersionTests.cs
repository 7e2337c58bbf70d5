using Google.Protobuf.Reflection;
using Grpc.Core;
using Shop.Payments.Tests.Running;
using Shop.Payments.V1;
using Shop.Testing;

namespace Shop.Payments.Tests.Intents;

/// <summary>Every change of a payment that others see is in an event, with the state after it and a version that orders two states.</summary>
public sealed class PaymentVersionTests(RunningPayments running) : IAsyncLifetime
{
    private readonly RecordingProxy _proxy = new(running.Provider);

    public async ValueTask InitializeAsync() => await _proxy.StartAsync();

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task A_payment_is_told_from_its_authorisation_to_its_refund()
    {
        var order = TestOrder.With("tok_ok");
        await running.Payments.AuthoriseAsync(order);
        await running.Payments.CaptureAsync(order);
        await running.Payments.RefundAsync(order);

        var told = await ToldAsync(running.Payments, order);

        Assert.Equal([("PaymentAuthorised", "authorised"), ("PaymentCaptured", "captured"), ("PaymentRefunded", "refunded")], told.Select(each => (each.Type, each.State.Status)));
        await LastIsAsync(running.Payments, order, told);
    }

    [Fact]
    public async Task A_payment_that_waits_for_the_provider_is_told_with_its_attempts()
    {
        await using var payments = await running.NewPaymentsAsync(running.Provider, _proxy.Setting, ("Reconciliation__Interval", "00:10:00"));
        var order = TestOrder.With("tok_ok");
        _proxy.DropsAnswer = _ => true;
        await Answers.FailsAsync(StatusCode.Unavailable, () => payments.AuthoriseAsync(order));

        var told = await ToldAsync(payments, order);
        Assert.Equal([("PaymentChanged", "pending", 1)], told.Select(each => (each.Type, each.State.Status, each.State.Attempts)));

        _proxy.DropsAnswer = _ => false;
        await payments.AuthoriseAsync(order);
        told = await ToldAsync(payments, order);
        Assert.Equal(["PaymentChanged", "PaymentAuthorised"], told.Select(each => each.Type));
        await LastIsAsync(payments, order, told);
    }

    [Fact]
    public async Task A_payment_that_is_released_before_anything_was_authorised_is_told_to_be_voided()
    {
        await using var payments = await running.NewPaymentsAsync(running.Provider, _proxy.Setting, ("Reconciliation__Interval", "00:10:00"));
        var order = TestOrder.With("tok_ok");
        await using (await running.WithFaultsAsync(new(Outage: true)))
            await Answers.FailsAsync(StatusCode.Unavailable, () => payments.AuthoriseAsync(order));
        await payments.VoidAsync(order);

        var told = await ToldAsync(payments, order);

        Assert.Equal(("PaymentChanged", "voided"), (told[^1].Type, told[^1].State.Status));
        await LastIsAsync(payments, order, told);
    }

    [Fact]
    public async Task What_is_released_before_there_was_a_payment_is_no_payment_and_is_not_told()
    {
        var order = TestOrder.With("tok_ok");

        await running.Payments.VoidAsync(order);

        Assert.Empty(await ToldAsync(running.Payments, order));
    }

    private static async Task LastIsAsync(PaymentsProcess payments, TestOrder order, IReadOnlyList<(string Type, PaymentState State)> told)
    {
        var (now, last) = (await payments.GetAsync(order), told[^1].State);
        Assert.Equal((now.Status, now.Amount, now.Attempts, now.Refunded), (last.Status, last.Amount, last.Attempts, last.Refunded));
        Assert.Equal(told.Select(each => each.State.Version).Distinct().Order(), told.Select(each => each.State.Version));
    }

    private static async Task<IReadOnlyList<(string Type, PaymentState State)>> ToldAsync(PaymentsProcess payments, TestOrder order) =>
    [
        .. (await payments.Database.QueryAsync<(string Type, byte[] Payload)>(
            "select split_part(type, '.', -1), payload from messaging.outbox where key = @key order by position", new { key = order.Id.ToString() })).Select(row => (row.Type, StateOf(row.Type, row.Payload))),
    ];

    private static PaymentState StateOf(string type, byte[] payload)
    {
        var message = EventsReflection.Descriptor.FindTypeByName<MessageDescriptor>(type).Parser.ParseFrom(payload);
        return (PaymentState)message.Descriptor.FindFieldByName("state").Accessor.GetValue(message);
    }
}
