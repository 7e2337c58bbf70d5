using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Testing;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Ordering.Tests.Operators;

/// <summary>Inventory is unavailable, so checkouts wait in their first step.</summary>
public sealed class SagaCompensationTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private OrderingServiceClient Operator => ordering.First.Client(ordering.Tokens.Operator());

    [Fact]
    public async Task A_waiting_checkout_is_compensated_and_its_log_has_why_and_by_whom()
    {
        ordering.Upstreams.Answer("Release", () => Task.FromException(new RpcException(new(StatusCode.Unavailable, "away"))));
        var order = (await ordering.As(Guid.CreateVersion7()).PlaceOrderAsync(RunningOrdering.Request("compensated"))).OrderId;
        var saga = Assert.Single(await ordering.QueryAsync<Guid>("select id from sagas.saga where subject = @order", new { order })).ToString();

        await Operator.CompensateSagaAsync(new() { SagaId = saga, Reason = "recalled" });
        await Operator.CompensateSagaAsync(new() { SagaId = saga, Reason = "once more" });

        Assert.Equal(saga, Assert.Single((await Operator.ListSagasAsync(new() { State = "compensating" })).Sagas).SagaId);
        var log = (await Operator.GetSagaAsync(new() { SagaId = saga })).Log;
        Assert.StartsWith("recalled (", Assert.Single(log, entry => entry.Outcome == "compensation requested").Error);
        Assert.Equal("cancelled_by_operator", Assert.Single(await ordering.QueryAsync<string>("select reason from sagas.saga where id = @id", new { id = Guid.Parse(saga) })));
    }

    [Fact]
    public async Task One_that_has_ended_or_passed_its_pivot_is_a_conflict_and_nothing_changes()
    {
        var (ended, past) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await ordering.QueryAsync<int>("""
            insert into sagas.saga (id, type, state, status, step, started_at, within, ended_at, due_at) values
                (@ended, 'CheckoutSaga', '{}', 'completed', null, now(), '10 minutes', now(), now()),
                (@past, 'CheckoutSaga', '{}', 'running', 'confirm order', now(), '10 minutes', null, now() + interval '1 hour')
            """, new { ended, past });

        await AssertConflictAsync("saga_already_ended", ended);
        await AssertConflictAsync("saga_past_pivot", past);
        // And it is gone, so that it is not among the sagas of other tests.
        Assert.Equal("running", Assert.Single(await ordering.QueryAsync<string>("delete from sagas.saga where id = @past returning status", new { past })));
    }

    [Fact]
    public async Task It_needs_a_saga_a_reason_and_an_operator()
    {
        var unknown = Guid.CreateVersion7().ToString();

        Assert.Equal(StatusCode.NotFound, (await FailureAsync(Operator, new() { SagaId = unknown, Reason = "recalled" })).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailureAsync(Operator, new() { SagaId = "none", Reason = "recalled" })).StatusCode);
        foreach (var reason in new[] { "", " ", "two\nlines", new string('a', 501) })
            Assert.Equal(["reason"], (await FailureAsync(Operator, new() { SagaId = unknown, Reason = reason })).FieldErrors().Keys);
        Assert.Equal(StatusCode.PermissionDenied, (await FailureAsync(ordering.As(Guid.CreateVersion7()), new() { SagaId = unknown, Reason = "recalled" })).StatusCode);
    }

    private async Task AssertConflictAsync(string reason, Guid saga)
    {
        var failure = await FailureAsync(Operator, new() { SagaId = saga.ToString(), Reason = "recalled" });
        Assert.Equal((StatusCode.AlreadyExists, reason), (failure.StatusCode, failure.Reason()));
    }

    private static Task<RpcException> FailureAsync(OrderingServiceClient client, CompensateSagaRequest request) =>
        Assert.ThrowsAsync<RpcException>(() => client.CompensateSagaAsync(request).ResponseAsync);
}
