using Dapper;
using Shop.OrderHistory.Tests.Running;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Rebuilds;

/// <summary>An operator breaks a rebuild off: before it is begun, while it runs, after its process has died, and while it is swapped in.</summary>
public sealed class CancelledRebuildTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    private HistoryDatabase Database => history.Database;

    [Fact]
    public async Task One_that_runs_ends_its_tables_are_dropped_and_another_one_can_be_started()
    {
        var known = await history.ProjectedAsync();
        var (row, table) = (await Database.RowAsync(known.Order), await Database.ServingTableAsync());
        await using var handler = await history.BeforeLastStepAsync();

        var cancelled = await history.AsOperator.CancelRebuildAsync(new());

        var last = await history.AsOperator.GetRebuildAsync(new());
        Assert.Equal(("cancelled", cancelled.RebuildId, null, false, false), (last.State, last.RebuildId, last.SwappedAt, last.HasError, last.HasOrdersBefore));
        // Although the projection's lock is not free yet, for which its last step waits.
        await Database.LockIsNotAsync($"{Rebuilding.HasLock(Rebuilding.Projection)} and not granted", "its last step has ended");
        await Database.HasNoNewTablesAsync();
        Assert.Equal((table, row), (await Database.ServingTableAsync(), await Database.RowAsync(known.Order)));
        Assert.Equal("delivered", (await history.AsOperator.FindOrderAsync(new() { OrderId = known.Order.ToString() })).Order.Order.Order.Status);
        await handler.CloseAsync();
        await history.AsOperator.StartRebuildAsync(new());
        Assert.Equal("swapped", await Database.EndOfRebuildAsync());
        Assert.Equal("cancelled", await StateAsync(cancelled.RebuildId));
    }

    [Fact]
    public async Task One_that_was_cancelled_is_cancelled_again_and_what_has_ended_otherwise_is_not()
    {
        await Database.ExecuteAsync("delete from rebuilds");
        await IsRefusedAsync();
        Assert.Equal("idle", (await history.AsOperator.GetRebuildAsync(new())).State);

        // No replica begins it: another session has the lock of rebuilds.
        await using (await Database.LockedAsync($"pg_advisory_lock({Rebuilding.Rebuilds})"))
        {
            var started = await history.AsOperator.StartRebuildAsync(new());
            Assert.Equal(started.RebuildId, (await history.AsOperator.CancelRebuildAsync(new())).RebuildId);
            Assert.Equal(started.RebuildId, (await history.AsOperator.CancelRebuildAsync(new())).RebuildId);
        }

        await history.AsOperator.StartRebuildAsync(new());
        Assert.Equal("swapped", await Database.EndOfRebuildAsync());
        await IsRefusedAsync();
        Assert.Equal("swapped", await Database.RebuildStateAsync());
        await Database.ExecuteAsync("insert into rebuilds (id, state, started_at, attempts, events_read, events_total) values (uuidv7(), 'failed', now(), 1, 7, 9)");
        await IsRefusedAsync();
        Assert.Equal("failed", await Database.RebuildStateAsync());
    }

    [Fact]
    public async Task One_whose_process_has_died_is_not_begun_again_and_its_tables_are_dropped()
    {
        string id;
        await using (await Database.LockedAsync($"pg_advisory_lock({Rebuilding.Rebuilds})"))
        {
            // As a process leaves it that dies in the middle.
            await Database.ExecuteAsync("""
                create schema rebuild; create table rebuild.orders (id uuid);
                insert into rebuilds (id, state, started_at, attempts, events_read, events_total) values (uuidv7(), 'running', now(), 1, 7, 9)
                """);
            id = (await history.AsOperator.CancelRebuildAsync(new())).RebuildId;
        }

        await Database.HasNoNewTablesAsync();
        Assert.Equal("cancelled", await StateAsync(id));
        Assert.Equal([1], await Database.QueryAsync<int>("select attempts from rebuilds where id = @id::uuid", new { id }));
    }

    [Fact]
    public async Task A_swap_that_comes_after_the_decision_to_cancel_is_rolled_back()
    {
        var known = await history.ProjectedAsync();
        var (row, table) = (await Database.RowAsync(known.Order), await Database.ServingTableAsync());
        await using var handler = await history.BeforeLastStepAsync();
        // As the command does whose commit is on its way.
        await using var deciding = await Database.OpenAsync();
        await deciding.ExecuteAsync("begin; update rebuilds set state = 'cancelled' where state = 'running'");
        await handler.CloseAsync();
        await Database.WaitsForRowAsync("swapped_at");

        await deciding.ExecuteAsync("commit");

        await Database.HasNoNewTablesAsync();
        Assert.Equal("cancelled", await Database.RebuildStateAsync());
        Assert.Equal((table, row), (await Database.ServingTableAsync(), await Database.RowAsync(known.Order)));
        Assert.Equal([null], await Database.QueryAsync<DateTimeOffset?>("select swapped_at from rebuilds order by id desc limit 1"));
        // The projection has waited, and goes on.
        await history.ProjectedAsync();
    }

    [Fact]
    public async Task A_cancel_that_comes_after_the_swap_is_refused()
    {
        const string Commit = "4711";
        await history.ProjectedAsync();
        var table = await Database.ServingTableAsync();
        await Database.ExecuteAsync($"""
            create function hold_commit() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared({Commit}); return null; end $$;
            create constraint trigger hold_commit after update on rebuilds deferrable initially deferred for each row when (new.state = 'swapped') execute function hold_commit();
            """);
        try
        {
            await using var held = await Database.LockedAsync($"pg_advisory_lock({Commit})");
            await using var handler = await history.BeforeLastStepAsync();
            await handler.CloseAsync();
            await Database.LockIsAsync($"{Rebuilding.HasLock(Commit)} and not granted", "the swap is being committed");

            var cancelling = history.AsOperator.CancelRebuildAsync(new()).ResponseAsync;
            await Database.WaitsForRowAsync("returning id");
            Assert.Equal("running", await Database.RebuildStateAsync());
            await held.CloseAsync();

            await Answers.ConflictsAsync("rebuild_not_running", () => cancelling);
            Assert.Equal("swapped", await Database.RebuildStateAsync());
            Assert.NotEqual(table, await Database.ServingTableAsync());
            await Database.HasNoNewTablesAsync();
        }
        finally
        {
            await Database.ExecuteAsync("drop trigger hold_commit on rebuilds; drop function hold_commit");
        }
    }

    private Task IsRefusedAsync() => Answers.ConflictsAsync("rebuild_not_running", async () => await history.AsOperator.CancelRebuildAsync(new()));

    private async Task<string> StateAsync(string id) => (await Database.QueryAsync<string>("select state from rebuilds where id = @id::uuid", new { id })).Single();
}
