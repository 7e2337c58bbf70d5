using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Testing;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Ordering.Tests.Refunds;

/// <summary>Operators refund orders of all members.</summary>
public sealed class RefundOrderTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>, IAsyncLifetime
{
    private readonly Guid _member = Guid.CreateVersion7();

    private OrderingServiceClient Operator => field ??= ordering.First.Client(ordering.Tokens.Operator());

    public ValueTask InitializeAsync()
    {
        foreach (var method in new[] { "Reserve", "CallOff" })
            ordering.Upstreams.Answer(method);
        ordering.Upstreams.Forget();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("confirmed")]
    [InlineData("dispatched")]
    [InlineData("delivered")]
    public async Task An_order_is_refunded_wherever_its_parcel_is(string status)
    {
        var order = await ConfirmedAsync();
        if (status is not "confirmed")
        {
            ordering.Upstreams.Refuse("CallOff", "already_dispatched");
            await ordering.HandleAsync(shipments => status is "dispatched" ? shipments.DispatchedAsync(order) : shipments.DeliveredAsync(order));
        }

        var answer = await RefundAsync(order);

        Assert.Equal((order, "cancelling"), (answer.OrderId, answer.Status));
        Assert.Equal("cancelled_by_operator", (await StatusAsync(order, "cancelled")).Reason);
        Assert.Equal(["CallOff", "Refund", "Restock"], ordering.Upstreams.Calls.TakeLast(3));
        Assert.Equal("cancelling", (await RefundAsync(order)).Status);   // the same key
        await Answers.ConflictsAsync("already_ended", () => RefundAsync(order, "another"));
        // Delivered later, it stays cancelled.
        await ordering.HandleAsync(shipments => shipments.DeliveredAsync(order));
        Assert.Equal("cancelled", (await GetAsync(order)).Status);
    }

    [Fact]
    public async Task A_refund_and_a_members_cancellation_never_cross()
    {
        var held = new TaskCompletionSource();
        ordering.Upstreams.Answer("CallOff", () => held.Task);
        var (cancelled, refunded) = (await ConfirmedAsync(), await ConfirmedAsync());

        await ordering.As(_member).CancelOrderAsync(new() { OrderId = cancelled, IdempotencyKey = "cancel-first" });
        await RefundAsync(refunded);

        await Answers.ConflictsAsync("cancel_in_progress", () => RefundAsync(cancelled));
        Assert.Equal("cancelling", (await ordering.As(_member).CancelOrderAsync(new() { OrderId = refunded, IdempotencyKey = "cancel-second" })).Status);
        Assert.Equal("cancelling", (await RefundAsync(refunded, "again")).Status);
        held.SetResult();
        Assert.Equal("cancelled_by_member", (await StatusAsync(cancelled, "cancelled")).Reason);
        Assert.Equal("cancelled_by_operator", (await StatusAsync(refunded, "cancelled")).Reason);
        Assert.Equal(2, ordering.Upstreams.Calls.Count(call => call == "Refund"));
    }

    [Fact]
    public async Task What_is_not_confirmed_or_has_ended_is_not_refunded()
    {
        var order = await ConfirmedAsync();
        await SetStatusAsync(order, "pending");
        await Answers.ConflictsAsync("not_confirmed", () => RefundAsync(order));
        await SetStatusAsync(order, "rejected");
        await Answers.ConflictsAsync("already_ended", () => RefundAsync(order));

        await Answers.FailsAsync(StatusCode.NotFound, () => RefundAsync(Guid.CreateVersion7().ToString()));
        await Answers.FailsAsync(StatusCode.PermissionDenied, () => ordering.As(_member).RefundOrderAsync(new() { OrderId = order, IdempotencyKey = "k", Reason = "r" }).ResponseAsync);
        var failure = await Assert.ThrowsAsync<RpcException>(() => Operator.RefundOrderAsync(new() { OrderId = order, IdempotencyKey = "two words" }).ResponseAsync);
        Assert.Equal(["idempotencyKey", "reason"], failure.FieldErrors().Keys.Order());
    }

    private async Task<RefundOrderResponse> RefundAsync(string order, string key = "refund") =>
        await Operator.RefundOrderAsync(new() { OrderId = order, IdempotencyKey = $"{key}-of-{order}", Reason = "broken" });

    private async Task<string> ConfirmedAsync()
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(RunningOrdering.Request(Guid.CreateVersion7().ToString()))).OrderId;
        await StatusAsync(order, "confirmed");
        return order;
    }

    private Task SetStatusAsync(string order, string status) => ordering.QueryAsync<int>("update orders set status = @status where id = @order::uuid returning 1", new { order, status });

    private async Task<Order> GetAsync(string order) => (await ordering.As(_member).GetOrderAsync(new() { OrderId = order })).Order;

    private async Task<Order> StatusAsync(string order, string status)
    {
        await Eventually.TrueAsync(async () => (await GetAsync(order)).Status == status, $"the order is {status}", TimeSpan.FromSeconds(30));
        return await GetAsync(order);
    }
}
