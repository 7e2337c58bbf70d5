using Shop.Ordering.Tests.Running;
using Shop.Testing;

namespace Shop.Ordering.Tests;

public sealed class ReadinessTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    [Fact]
    public async Task An_order_that_is_rehearsed_before_the_service_is_ready_leaves_nothing_and_starts_nothing()
    {
        await using var replica = await ordering.StartReplicaAsync(warmsUp: true);

        // Rows count here when they are inserted, whether or not they are committed.
        await Eventually.TrueAsync(async () => (await ordering.QueryAsync<long>("select n_tup_ins from pg_stat_user_tables where relname = 'orders'")) is [> 0], "it was rehearsed");
        Assert.Equal(
            ["orders 0", "outbox 0", "answered_requests 0", "saga 0"],
            await ordering.QueryAsync<string>("""
                select 'orders ' || count(*) from orders union all select 'outbox ' || count(*) from messaging.outbox union all
                select 'answered_requests ' || count(*) from answered_requests union all select 'saga ' || count(*) from sagas.saga
                """));
    }
}
