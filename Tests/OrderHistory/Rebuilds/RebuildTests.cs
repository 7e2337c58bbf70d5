using Dapper;
using Grpc.Core;
using Shop.OrderHistory.Tests.Running;
using Shop.OrderHistory.V1;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Rebuilds;

public sealed class RebuildTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task What_is_rebuilt_equals_what_has_grown_and_repairs_what_was_wrong()
    {
        var lives = Lives(40);
        await GrowAsync(lives);
        var (rows, figures) = (await history.Database.RowsAsync(), await history.Database.FiguresAsync());
        await history.Database.ExecuteAsync("update orders set status = 'pending', total = 1, lines = '[]' where id = @id; update minute_figures set value = value + 1", new { id = lives[0].Order });
        Assert.NotEqual(rows, await history.Database.RowsAsync());

        var rebuild = await RebuildAsync();

        Assert.True(rebuild.EventsRead >= lives.Sum(life => life.Events.Count) && rebuild.EventsRead == rebuild.EventsTotal, $"{rebuild}");
        Assert.Equal(rows, await history.Database.RowsAsync());
        Assert.Equal(figures, await history.Database.FiguresAsync());
    }

    [Fact]
    public async Task A_rebuilt_table_has_the_keys_indexes_and_constraints_of_the_one_before()
    {
        const string Schema = """
            select conname || ' ' || pg_get_constraintdef(c.oid) from pg_constraint c where conrelid in ('public.orders'::regclass, 'public.minute_figures'::regclass, 'public.day_figures'::regclass)
            union all select indexdef from pg_indexes where schemaname = 'public' and tablename in ('orders', 'minute_figures', 'day_figures')
            union all select column_name || column_default from information_schema.columns where table_schema = 'public' and table_name = 'orders' order by 1
            """;
        var before = await history.Database.QueryAsync<string>(Schema);

        await RebuildAsync();

        Assert.Equal(before, await history.Database.QueryAsync<string>(Schema));
        Assert.Empty(await history.Database.QueryAsync<string>("select nspname::text from pg_namespace where nspname = 'rebuild'"));
        // And the projection goes on with it.
        await GrowAsync(Lives(2));
    }

    [Fact]
    public async Task What_the_topics_no_longer_have_is_kept()
    {
        // Never on a topic: as if the retention had removed its events.
        var gone = Life.Delivered(placedAt: TimeProvider.System.GetUtcNow().AddMinutes(-5));
        await history.First.HandleAsync(gone.Events);
        // The last event only is left of this one.
        var half = Life.Cancelled();
        await history.First.HandleAsync([.. half.Events.SkipLast(1)]);
        await GrowAsync([half], half.Events.TakeLast(1));
        var (rows, figures) = (await history.Database.RowsAsync(), await history.Database.FiguresAsync());

        await RebuildAsync();

        Assert.Equal(rows, await history.Database.RowsAsync());
        Assert.Equal(figures, await history.Database.FiguresAsync());
    }

    [Fact]
    public async Task Orders_that_come_while_it_runs_are_in_it_and_reads_are_answered_throughout()
    {
        var known = Lives(20);
        await GrowAsync(known);
        var more = Lives(200);
        var started = await history.AsOperator.StartRebuildAsync(new());

        var publishing = Task.Run(() => history.Publish(Mixed(more)));
        var reads = 0;
        await Eventually.TrueAsync(async () =>
        {
            await history.AsOperator.GetOrderAsync(new() { OrderId = known[reads++ % known.Count].Order.ToString() });
            return (await history.AsOperator.GetRebuildAsync(new())).State is "swapped" or "failed";
        }, "the rebuild has ended", Timeout);
        await publishing;
        Assert.Equal("swapped", (await history.AsOperator.GetRebuildAsync(new())).State);

        await AreCompleteAsync(more);
        Assert.Equal(started.RebuildId, (await history.AsOperator.GetRebuildAsync(new())).RebuildId);
        var figures = await history.Database.FiguresAsync();
        await RebuildAsync();
        Assert.Equal(figures, await history.Database.FiguresAsync());
    }

    [Fact]
    public async Task How_many_orders_there_were_before_and_after_is_said()
    {
        var lives = Lives(3);
        await GrowAsync(lives);
        var orders = await history.Database.CountAsync("orders");
        await history.Database.ExecuteAsync("delete from orders where id = @id", new { id = lives[0].Order });

        var rebuild = await RebuildAsync();

        Assert.Equal((orders - 1, orders), (rebuild.OrdersBefore, rebuild.OrdersAfter));
    }

    [Fact]
    public async Task A_second_one_is_refused_while_one_runs()
    {
        // No replica begins it: another session has the lock of rebuilds.
        await using (var session = await history.Database.OpenAsync())
        {
            await session.ExecuteAsync("select pg_advisory_lock(x'72656275696c6473'::bigint)");
            await history.AsOperator.StartRebuildAsync(new());

            await Answers.FailsAsync(StatusCode.AlreadyExists, async () => await history.AsOperator.StartRebuildAsync(new()));
            Assert.Equal("running", (await history.AsOperator.GetRebuildAsync(new())).State);
        }

        Assert.Equal("swapped", (await EndsAsync()).State);
    }

    [Fact]
    public async Task One_whose_process_has_died_is_begun_again_and_given_up_after_the_third_time()
    {
        await LeaveAsync(attempts: 2);
        Assert.Equal("swapped", (await EndsAsync()).State);

        await LeaveAsync(attempts: 3);
        var failed = await EndsAsync();
        Assert.Equal("failed", failed.State);
        Assert.Contains("begun 3 times", failed.Error);
        await history.Database.HasNoNewTablesAsync();
        await RebuildAsync();
    }

    [Fact]
    public async Task Without_the_broker_it_fails_the_old_tables_serve_and_a_new_one_is_possible()
    {
        var lives = Lives(3);
        await GrowAsync(lives);
        history.Kafka.GoAway();
        try
        {
            await history.AsOperator.StartRebuildAsync(new());
            Assert.Equal("failed", (await EndsAsync()).State);
            await history.AsOperator.GetOrderAsync(new() { OrderId = lives[0].Order.ToString() });
            await history.Database.HasNoNewTablesAsync();
        }
        finally
        {
            history.Kafka.ComeBack();
        }

        await Eventually.TrueAsync(async () =>
        {
            await history.AsOperator.StartRebuildAsync(new());
            return (await EndsAsync()).State == "swapped";
        }, "a rebuild is swapped in when the broker is back", Timeout);
    }

    /// <summary>As a process leaves it that dies in the middle.</summary>
    private Task LeaveAsync(int attempts) => history.Database.ExecuteAsync($"""
        create schema rebuild; create table rebuild.orders (id uuid);
        insert into rebuilds (id, state, started_at, attempts, events_read, events_total) values (uuidv7(), 'running', now(), {attempts}, 7, 9)
        """);

    private static List<Life> Lives(int count) => [.. Enumerable.Range(0, count).Select(i => Life.Ends.Values.ElementAt(i % Life.Ends.Count)(null, null))];

    private static IEnumerable<Google.Protobuf.IMessage> Mixed(List<Life> lives) => lives.SelectMany(life => life.Events);

    /// <summary>By the topics and the consumer.</summary>
    private async Task GrowAsync(List<Life> lives, IEnumerable<Google.Protobuf.IMessage>? events = null)
    {
        history.Publish(events ?? Mixed(lives));
        await AreCompleteAsync(lives);
    }

    private Task AreCompleteAsync(List<Life> lives) => Eventually.TrueAsync(async () =>
    {
        var ids = lives.Select(life => life.Order).ToArray();
        return (await history.Database.QueryAsync<long>("""
            select count(*) from orders where id = any(@ids) and total is not null and (
                status = 'delivered' and shipment_status = 'delivered' and payment_status = 'captured' and placed_at is not null
                or status = 'cancelled' and shipment_status in ('failed', 'called_off') and payment_status = 'refunded'
                or status = 'rejected' and payment_status = 'declined')
            """, new { ids })).Single() == ids.Length;
    }, "all orders are projected", Timeout);

    private async Task<GetRebuildResponse> RebuildAsync()
    {
        var started = await history.AsOperator.StartRebuildAsync(new());
        var ended = await EndsAsync();
        Assert.Equal((started.RebuildId, "swapped", false), (ended.RebuildId, ended.State, ended.HasError));
        return ended;
    }

    private async Task<GetRebuildResponse> EndsAsync()
    {
        var last = new GetRebuildResponse();
        await Eventually.TrueAsync(async () => (last = await history.AsOperator.GetRebuildAsync(new())).State is "swapped" or "failed", "the rebuild has ended", Timeout);
        return last;
    }
}
