using Dapper;
using Shop.OrderHistory.Tests.Running;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Rebuilds;

/// <summary>What goes wrong before the last step, or in it: the tables that serve stay as they are.</summary>
public sealed class FailedRebuildTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    private HistoryDatabase Database => history.Database;

    [Fact]
    public async Task A_last_step_that_does_not_end_is_given_up_in_time()
    {
        var (known, newest) = (await history.ProjectedAsync(), Life.Delivered());
        var row = await Database.RowAsync(known.Order);
        await using var handler = await history.BeforeLastStepAsync();
        await using var other = await Database.OpenAsync();
        await other.ExecuteAsync("begin; lock table rebuild.orders in share mode");
        history.Publish(newest.Events);

        await handler.CloseAsync();
        await Database.LockIsAsync("relation = 'rebuild.orders'::regclass and not granted", "the last rows cannot be written");
        Assert.Equal("running", await Database.RebuildStateAsync());
        history.Clock.Leap(TimeSpan.FromMinutes(1));

        Assert.Contains("The last events could not be read within 00:01:00", await ErrorAsync(), StringComparison.Ordinal);
        Assert.Equal(row, await Database.RowAsync(known.Order));
        await other.CloseAsync();
        await Database.HasNoNewTablesAsync();
        // The projection has waited, and goes on.
        await Database.IsProjectedAsync(newest);
    }

    [Fact]
    public async Task Tables_that_have_got_another_column_meanwhile_are_not_replaced()
    {
        var known = await history.ProjectedAsync();
        var row = await Database.RowAsync(known.Order);
        await using var handler = await history.BeforeLastStepAsync();
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
    public async Task A_new_table_that_lacks_orders_of_the_serving_one_is_not_swapped_in()
    {
        var (lost, kept) = (await history.ProjectedAsync(), await history.ProjectedAsync());
        var (row, table, orders) = (await Database.RowAsync(lost.Order), await Database.ServingTableAsync(), await Database.CountAsync("orders"));
        await using var handler = await history.BeforeLastStepAsync();
        // The trigger keeps the row from being taken over from the serving table.
        await Database.ExecuteAsync($"""
            create function lose() returns trigger language plpgsql as $$ begin return case when new.id = '{lost.Order}' then null else new end; end $$;
            create trigger lose before insert on rebuild.orders for each row execute function lose();
            delete from rebuild.orders where id = '{lost.Order}';
            """);
        try
        {
            await handler.CloseAsync();

            Assert.Equal($"1 of the {orders} orders of the serving table are missing in the new one, which has {orders - 1}.", await ErrorAsync());
            Assert.Equal("failed", await Database.RebuildStateAsync());
            Assert.Equal((table, row), (await Database.ServingTableAsync(), await Database.RowAsync(lost.Order)));
            await Database.HasNoNewTablesAsync();
            await Database.IsProjectedAsync(kept);
        }
        finally
        {
            await Database.ExecuteAsync("drop function lose cascade");
        }
    }

    [Fact]
    public async Task A_replica_that_has_lost_its_session_does_not_end_what_another_has_begun_again()
    {
        await history.ProjectedAsync();
        await using var handler = await history.BeforeLastStepAsync();
        var first = await Database.HolderAsync(Rebuilding.Rebuilds);
        // As the other replica does that finds the lock free.
        await Database.ExecuteAsync("update rebuilds set attempts = attempts + 1 where state = 'running'");

        await Database.ExecuteAsync("select pg_terminate_backend(@first)", new { first });

        await Database.LockIsAsync($"{Rebuilding.HasLock(Rebuilding.Rebuilds)} and granted and pid <> {first}", "it is begun again");
        await handler.CloseAsync();
        Assert.Equal("swapped", await Database.EndOfRebuildAsync());
    }

    private async Task<string> ErrorAsync()
    {
        await Database.EndOfRebuildAsync();
        return (await Database.QueryAsync<string>("select coalesce(error, state) from rebuilds order by id desc limit 1")).Single();
    }
}
