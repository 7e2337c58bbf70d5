using System.Collections.Concurrent;
using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Testing;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Refunds;

/// <summary>Whatever meets a cancellation, in both orders of events.</summary>
public sealed class CancelOrderTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>, IAsyncLifetime
{
    private readonly Guid _member = Guid.CreateVersion7();
    private readonly ConcurrentBag<TaskCompletionSource> _held = [];

    public ValueTask InitializeAsync()
    {
        foreach (var method in new[] { "Reserve", "Authorise", "Confirm", "Capture", "CallOff", "Refund", "Restock" })
            ordering.Upstreams.Answer(method);
        ordering.Upstreams.Forget();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var held in _held)
            held.TrySetResult();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_confirmed_order_is_called_off_refunded_and_restocked()
    {
        var order = await PlaceAsync();
        await StatusAsync(order, "confirmed");

        var answer = await CancelAsync(order, "first", "I ordered the wrong colour.");

        Assert.Equal((order, "cancelling"), (answer.OrderId, answer.Status));
        var cancelled = await StatusAsync(order, "cancelled");
        Assert.Equal("cancelled_by_member", cancelled.Reason);
        Assert.Equal(["placed", "confirmed", "cancelling", "cancelled"], cancelled.Timeline.Select(entry => entry.What));
        Assert.Equal(["CallOff", "Refund", "Restock"], ordering.Upstreams.Calls.TakeLast(3));
        Assert.Equal(["OrderConfirmed", "OrderCancelled"], await PublishedAsync(order));
        var published = OrderCancelled.Parser.ParseFrom((await ordering.QueryAsync<byte[]>("select payload from messaging.outbox where key = @order and type like '%OrderCancelled'", new { order })).Single());
        Assert.Equal((order, _member.ToString(), "cancelled_by_member", 1), (published.OrderId, published.MemberId, published.Reason, published.Lines.Count));
    }

    [Fact]
    public async Task A_pending_order_compensates_and_was_never_confirmed()
    {
        var authorise = Hold("Authorise");
        var order = await PlaceAsync();
        await CalledAsync("Authorise");

        await CancelAsync(order);
        authorise.TrySetException(new RpcException(new(StatusCode.Unavailable, "gone")));

        Assert.Equal("cancelled_by_member", (await StatusAsync(order, "cancelled")).Reason);
        Assert.Equal(["OrderCancelled"], await PublishedAsync(order));
        Assert.Contains("Void", ordering.Upstreams.Calls);
        Assert.Contains("Release", ordering.Upstreams.Calls);
        Assert.DoesNotContain("Capture", ordering.Upstreams.Calls);
    }

    /// <summary>The checkout cannot turn back: its order is refunded instead, and gets no shipment, for it is not announced as confirmed.</summary>
    [Theory]
    [InlineData("Capture")]
    [InlineData("Redeem")]
    public async Task At_or_past_the_checkouts_pivot_an_order_is_refunded_or_compensated_but_always_cancelled(string method)
    {
        var held = Hold(method);
        var order = await PlaceAsync(coupon: true);
        await CalledAsync(method);

        await CancelAsync(order);
        ordering.Upstreams.Answer(method);
        held.TrySetResult();

        await StatusAsync(order, "cancelled");
        Assert.Equal(["OrderCancelled"], await PublishedAsync(order));
        Assert.Contains("Refund", ordering.Upstreams.Calls);
        Assert.Contains("Restock", ordering.Upstreams.Calls);
        Assert.Contains("Restore", ordering.Upstreams.Calls);
    }

    /// <summary>The process dies between the commit and the request to compensate.</summary>
    [Fact]
    public async Task A_checkout_that_was_not_asked_to_compensate_sees_the_cancellation_at_its_end()
    {
        var capture = Hold("Capture");
        var order = await PlaceAsync();
        await CalledAsync("Capture");

        await ordering.QueryAsync<int>("""
            update orders set status = 'cancelling', reason = 'cancelled_by_member', timeline = timeline || '[{ "At": "2026-02-28T09:00:00+00:00", "What": "cancelling" }]'::jsonb
            where id = @order::uuid returning 1
            """, new { order });
        capture.TrySetResult();

        await StatusAsync(order, "cancelled");
        Assert.Equal(["CallOff", "Refund", "Restock"], ordering.Upstreams.Calls.TakeLast(3));
        Assert.Equal(["OrderCancelled"], await PublishedAsync(order));
    }

    [Fact]
    public async Task A_parcel_that_has_left_is_not_cancelled_and_the_order_goes_on()
    {
        var order = await PlaceAsync();
        await StatusAsync(order, "confirmed");
        ordering.Upstreams.Refuse("CallOff", "already_dispatched");

        await CancelAsync(order);

        var dispatched = await StatusAsync(order, "dispatched");
        Assert.False(dispatched.HasReason);
        Assert.Equal(["placed", "confirmed", "cancelling", "dispatched"], dispatched.Timeline.Select(entry => entry.What));
        Assert.DoesNotContain("Refund", ordering.Upstreams.Calls);
        await Answers.ConflictsAsync("already_dispatched", () => CancelAsync(order, "again"));
        await ordering.HandleAsync(shipments => shipments.DispatchedAsync(order));
        await ordering.HandleAsync(shipments => shipments.DeliveredAsync(order));
        Assert.Equal("delivered", (await GetAsync(order)).Status);
    }

    [Fact]
    public async Task What_the_parcel_did_while_a_refused_cancellation_was_under_way_is_not_lost()
    {
        var callOff = Hold("CallOff");
        var order = await PlaceAsync();
        await StatusAsync(order, "confirmed");
        await CancelAsync(order);
        await CalledAsync("CallOff");

        await ordering.HandleAsync(shipments => shipments.DispatchedAsync(order));
        await ordering.HandleAsync(shipments => shipments.DeliveredAsync(order));
        Assert.Equal("cancelling", (await GetAsync(order)).Status);
        ordering.Upstreams.Refuse("CallOff", "already_dispatched");
        callOff.TrySetException(new RpcException(new(StatusCode.FailedPrecondition, "already_dispatched")));

        await StatusAsync(order, "delivered");
        Assert.Equal(["OrderConfirmed", "OrderDelivered"], await PublishedAsync(order));
    }

    [Fact]
    public async Task A_delivery_that_fails_while_a_refused_cancellation_was_under_way_is_refunded()
    {
        var callOff = Hold("CallOff");
        var order = await PlaceAsync();
        await StatusAsync(order, "confirmed");
        await CancelAsync(order);
        await CalledAsync("CallOff");

        await ordering.HandleAsync(shipments => shipments.FailedAsync(order));
        ordering.Upstreams.Answer("CallOff");
        callOff.TrySetException(new RpcException(new(StatusCode.FailedPrecondition, "already_dispatched")));

        Assert.Equal("delivery_failed", (await StatusAsync(order, "cancelled")).Reason);
        Assert.Equal(["OrderConfirmed", "OrderCancelled"], await PublishedAsync(order));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_that_fails_refunds_whether_or_not_the_dispatch_was_known(bool dispatched)
    {
        var order = await PlaceAsync();
        await StatusAsync(order, "confirmed");
        if (dispatched)
            await ordering.HandleAsync(shipments => shipments.DispatchedAsync(order));

        await ordering.HandleAsync(shipments => shipments.FailedAsync(order));
        await ordering.HandleAsync(shipments => shipments.FailedAsync(order));
        await ordering.HandleAsync(shipments => shipments.DispatchedAsync(order));

        var cancelled = await StatusAsync(order, "cancelled");
        Assert.Equal("delivery_failed", cancelled.Reason);
        Assert.Equal(["OrderConfirmed", "OrderCancelled"], await PublishedAsync(order));
        Assert.Single(ordering.Upstreams.Calls, "Refund");
    }

    [Fact]
    public async Task Two_cancellations_are_one()
    {
        var callOff = Hold("CallOff");
        var order = await PlaceAsync();
        await StatusAsync(order, "confirmed");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => CancelAsync(order, $"key-{n % 3}")));

        Assert.All(answers, answer => Assert.Equal((order, "cancelling"), (answer.OrderId, answer.Status)));
        callOff.TrySetResult();
        await StatusAsync(order, "cancelled");
        Assert.Single(ordering.Upstreams.Calls, "Refund");
        Assert.Equal(["OrderConfirmed", "OrderCancelled"], await PublishedAsync(order));
        // The same key gives the same answer, whatever became of the order; another one is refused.
        Assert.Equal("cancelling", (await CancelAsync(order, "key-0")).Status);
        await Answers.ConflictsAsync("already_ended", () => CancelAsync(order, "another"));
        await Answers.RefusedAsync("idempotency_key_reused", () => CancelAsync(order, "key-0", "another reason"));
    }

    [Fact]
    public async Task Only_the_members_own_orders_that_have_not_ended_are_cancelled()
    {
        var order = await PlaceAsync();
        await StatusAsync(order, "confirmed");

        await Answers.FailsAsync(StatusCode.NotFound, () => ordering.As(Guid.CreateVersion7()).CancelOrderAsync(Request(order, "other")).ResponseAsync);
        await Answers.FailsAsync(StatusCode.NotFound, () => CancelAsync("none"));
        await Answers.FailsAsync(StatusCode.NotFound, () => CancelAsync(Guid.CreateVersion7().ToString()));
        var failure = await Assert.ThrowsAsync<RpcException>(() => ordering.As(_member).CancelOrderAsync(new() { OrderId = order, IdempotencyKey = "", Reason = new('a', 201) }).ResponseAsync);
        Assert.Equal(["idempotencyKey", "reason"], failure.FieldErrors().Keys.Order());
        foreach (var status in new[] { "rejected", "cancelled", "delivered" })
        {
            await ordering.QueryAsync<int>("update orders set status = @status where id = @order::uuid returning 1", new { order, status });
            await Answers.ConflictsAsync("already_ended", () => CancelAsync(order, status));
        }
    }

    private static CancelOrderRequest Request(string order, string key, string reason = "") => new() { OrderId = order, IdempotencyKey = key, Reason = reason };

    private async Task<CancelOrderResponse> CancelAsync(string order, string key = "cancel", string reason = "") =>
        await ordering.As(_member).CancelOrderAsync(Request(order, $"{key}-of-{order}", reason));

    private async Task<string> PlaceAsync(bool coupon = false)
    {
        var request = RunningOrdering.Request(Guid.CreateVersion7().ToString());
        if (coupon)
            request.CouponId = Guid.CreateVersion7().ToString();
        return (await ordering.As(_member).PlaceOrderAsync(request)).OrderId;
    }

    private async Task<Order> GetAsync(string order) => (await ordering.As(_member).GetOrderAsync(new() { OrderId = order })).Order;

    private async Task<Order> StatusAsync(string order, string status)
    {
        await Eventually.TrueAsync(async () => (await GetAsync(order)).Status == status, $"the order is {status}", TimeSpan.FromSeconds(30));
        return await GetAsync(order);
    }

    private Task CalledAsync(string method) =>
        Eventually.TrueAsync(() => Task.FromResult(ordering.Upstreams.Calls.Contains(method)), $"{method} is called", TimeSpan.FromSeconds(30));

    private TaskCompletionSource Hold(string method)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held.Add(held);
        ordering.Upstreams.Answer(method, () => held.Task);
        return held;
    }

    private Task<List<string>> PublishedAsync(string order) => ordering.PublishedAsync(order);
}
