using System.Data.Common;
using Dapper;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Ordering.Orders;
using Shop.Ordering.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Testing;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Idempotency;

/// <summary>What a key is worth when things break in the middle.</summary>
public sealed class CrashTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();

    [Fact]
    public async Task A_key_that_is_still_held_is_a_conflict_after_a_bounded_wait_and_free_when_its_holder_gave_up()
    {
        await using var holder = await ordering.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("insert into answered_requests values (@_member, 'held', '', uuidv7(), '', now())", new { _member });

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await ordering.As(_member).PlaceOrderAsync(Request("held")));
        Assert.Equal((StatusCode.AlreadyExists, "idempotency_key_in_use"), (refusal.StatusCode, refusal.Reason()));

        await transaction.RollbackAsync();
        await ordering.As(_member).PlaceOrderAsync(Request("held"));
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task Killed_before_the_commit_an_order_is_placed_by_the_next_try()
    {
        await using var blocker = await ordering.OpenAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await blocker.ExecuteAsync("lock table orders in share mode");
        var placing = ordering.As(_member).PlaceOrderAsync(Request("killed")).ResponseAsync;
        await Eventually.TrueAsync(
            async () => (await ordering.QueryAsync<bool>(
                "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query ~* 'insert into orders'")).Count > 0,
            "the order waits at its commit's door");

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => placing)).StatusCode);
        await transaction.RollbackAsync();

        Assert.Equal(0, await ordering.OrdersOfAsync(_member));
        var answer = await ordering.As(_member).PlaceOrderAsync(Request("killed"));
        Assert.Equal(answer.OrderId, Assert.Single(await ordering.QueryAsync<Guid>("select id from orders where member_id = @_member", new { _member })).ToString());
    }

    [Fact]
    public async Task Committed_without_an_answer_an_order_is_answered_at_the_next_try()
    {
        await using var unlucky = await ordering.StartReplicaAsync(services =>
            services.ConfigureDbContext<OrderingDb>(db => db.AddInterceptors(new LostCommit())));

        var lost = await Assert.ThrowsAsync<RpcException>(async () => await unlucky.Client(ordering.Tokens.Member(_member)).PlaceOrderAsync(Request("lost")));
        Assert.Equal(StatusCode.Unavailable, lost.StatusCode);

        var answer = await ordering.As(_member).PlaceOrderAsync(Request("lost"));
        Assert.Equal(answer.OrderId, Assert.Single(await ordering.QueryAsync<Guid>("select id from orders where member_id = @_member", new { _member })).ToString());
    }

    /// <summary>The server has committed, and the connection breaks before it can say so.</summary>
    private sealed class LostCommit : DbTransactionInterceptor
    {
        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            eventData.Context!.ChangeTracker.Entries<Order>().Any(order => order.State == EntityState.Added)
                ? throw new NpgsqlException("Exception while reading from stream", new IOException("connection reset"))
                : Task.CompletedTask;
    }
}
