using Dapper;
using Npgsql;
using Shop.OrderHistory.Tests.Running;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Rebuilds;

/// <summary>What goes wrong before the last step, or in it: the tables that serve stay as they are. The test holds the projection's lock, as a live handler does, for as long as it needs.</summary>
public sealed class FailedRebuildTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    private const string Projection = "x'6f72646572736869'::bigint";
    private const string Rebuilds = "x'72656275696c6473'::bigint";
    private const string Locks = "pg_locks where database = (select oid from pg_database where datname = current_database())";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private HistoryDatabase Database => history.Database;

    [Fact]
    public async Task A_last_step_that_does_not_end_is_given_up_in_time()
    {
        var (known, newest) = (await ProjectedAsync(), Life.Delivered());
        var row = await Database.RowAsync(known.Order);
        await using var handler = await BeforeLastStepAsync();
        await using var other = await Database.OpenAsync();
        await other.ExecuteAsync("begin; lock table rebuild.orders in share mode");
        history.Publish(newest.Events);

        await handler.CloseAsync();
        await LockIsAsync("relation = 'rebuild.orders'::regclass and not granted", "the last rows cannot be written");
        Assert.Equal("running", await StateAsync());
        history.Clock.Leap(TimeSpan.FromMinutes(1));

        Assert.Contains("The last events could not be read within 00:01:00", await ErrorAsync(), StringComparison.Ordinal);
        Assert.Equal(row, await Database.RowAsync(known.Order));
        await other.CloseAsync();
        await Database.HasNoNewTablesAsync();
        // The projection has waited, and goes on.
        await IsProjectedAsync(newest);
    }

    [Fact]
    public async Task Tables_that_have_got_another_column_meanwhile_are_not_replaced()
    {
        var known = await ProjectedAsync();
        var row = await Database.RowAsync(known.Order);
        await using var handler = await BeforeLastStepAsync();
        await Database.ExecuteAsync("alter table minute_figures add column note text");
        try
        {
            await handler.CloseAsync();

            Assert.Contains("A migration has changed the serving tables since the rebuild began: minute_figures.note", await ErrorAsync(), StringComparison.Ordinal);
            Assert.Equal(1, await Database.CountAsync("information_schema.columns where table_schema = 'public' and table_name = 'minute_figures' and column_name = 'note'"));
            Assert.Equal(row, await Database.RowAsync(known.Order));
            await Database.HasNoNewTablesAsync();
        }
        finally
        {
            await Database.ExecuteAsync("alter table minute_figures drop column if exists note");
        }
    }

    [Fact]
    public async Task A_replica_that_has_lost_its_session_does_not_end_what_another_has_begun_again()
    {
        await ProjectedAsync();
        await using var handler = await BeforeLastStepAsync();
        var first = (await Database.QueryAsync<int>($"select pid from {Locks} and {HasLock(Rebuilds)} and granted")).Single();
        // As the other replica does that finds the lock free.
        await Database.ExecuteAsync("update rebuilds set attempts = attempts + 1 where state = 'running'");

        await Database.ExecuteAsync("select pg_terminate_backend(@first)", new { first });

        await LockIsAsync($"{HasLock(Rebuilds)} and granted and pid <> {first}", "it is begun again");
        await handler.CloseAsync();
        await Eventually.TrueAsync(async () => await StateAsync() != "running", "the rebuild has ended", Timeout);
        Assert.Equal("swapped", await StateAsync());
    }

    private static string HasLock(string key) => $"locktype = 'advisory' and (classid::bigint << 32 | objid::bigint) = {key}";

    /// <summary>A rebuild that waits for the projection to stop. It goes on when the session is closed.</summary>
    private async Task<NpgsqlConnection> BeforeLastStepAsync()
    {
        var handler = await Database.OpenAsync();
        await handler.ExecuteAsync($"select pg_advisory_lock_shared({Projection})");
        await history.AsOperator.StartRebuildAsync(new());
        await LockIsAsync($"{HasLock(Projection)} and not granted and mode = 'ExclusiveLock'", "the last step waits for the projection");
        return handler;
    }

    private Task LockIsAsync(string condition, string what) =>
        Eventually.TrueAsync(async () => await Database.CountAsync($"{Locks} and {condition}") > 0, what, Timeout);

    private async Task<string> StateAsync() => (await Database.QueryAsync<string>("select state from rebuilds order by id desc limit 1")).Single();

    private async Task<string> ErrorAsync()
    {
        await Eventually.TrueAsync(async () => await StateAsync() != "running", "the rebuild has ended", Timeout);
        return (await Database.QueryAsync<string>("select coalesce(error, state) from rebuilds order by id desc limit 1")).Single();
    }

    private async Task<Life> ProjectedAsync()
    {
        var life = Life.Delivered();
        history.Publish(life.Events);
        await IsProjectedAsync(life);
        return life;
    }

    private Task IsProjectedAsync(Life life) => Eventually.TrueAsync(
        async () => await Database.CountAsync($"orders where id = '{life.Order}' and status = 'delivered' and shipment_status = 'delivered' and payment_status = 'captured' and placed_at is not null") == 1,
        "the order is projected", Timeout);
}
