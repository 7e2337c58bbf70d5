using Dapper;
using Npgsql;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Running;

/// <summary>A rebuild that is stopped where a test wants it: the test holds a lock, as a live handler or another replica does, for as long as it needs.</summary>
internal static class Rebuilding
{
    /// <summary>The lock of those that write the tables.</summary>
    public const string Projection = "x'6f72646572736869'::bigint";

    /// <summary>The lock of the replica at work.</summary>
    public const string Rebuilds = "x'72656275696c6473'::bigint";

    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private const string Locks = "pg_locks where database = (select oid from pg_database where datname = current_database())";

    public static string HasLock(string key) => $"locktype = 'advisory' and (classid::bigint << 32 | objid::bigint) = {key}";

    /// <summary>Starts a rebuild, which waits for the projection to stop. It goes on when the session is closed.</summary>
    public static async Task<NpgsqlConnection> BeforeLastStepAsync(this RunningOrderHistory history)
    {
        var handler = await history.Database.LockedAsync($"pg_advisory_lock_shared({Projection})");
        await history.AsOperator.StartRebuildAsync(new());
        await history.Database.LockIsAsync($"{HasLock(Projection)} and not granted and mode = 'ExclusiveLock'", "the last step waits for the projection");
        return handler;
    }

    /// <summary>A session with a lock, which ends when the session is closed.</summary>
    public static async Task<NpgsqlConnection> LockedAsync(this HistoryDatabase database, string how)
    {
        var session = await database.OpenAsync();
        await session.ExecuteAsync($"select {how}");
        return session;
    }

    public static async Task<int> HolderAsync(this HistoryDatabase database, string key) =>
        (await database.QueryAsync<int>($"select pid from {Locks} and {HasLock(key)} and granted")).Single();

    public static Task LockIsAsync(this HistoryDatabase database, string condition, string what) =>
        Eventually.TrueAsync(async () => await database.CountAsync($"{Locks} and {condition}") > 0, what, Timeout);

    public static Task LockIsNotAsync(this HistoryDatabase database, string condition, string what) =>
        Eventually.TrueAsync(async () => await database.CountAsync($"{Locks} and {condition}") == 0, what);

    /// <summary>A statement waits for a row that another transaction has changed.</summary>
    public static Task WaitsForRowAsync(this HistoryDatabase database, string statement) => Eventually.TrueAsync(
        async () => await database.CountAsync($"pg_stat_activity where datname = current_database() and wait_event = 'transactionid' and query like '%{statement}%'") > 0,
        "it waits for the row", Timeout);

    public static async Task<string> RebuildStateAsync(this HistoryDatabase database) => (await database.QueryAsync<string>("select state from rebuilds order by id desc limit 1")).Single();

    public static async Task<string> EndOfRebuildAsync(this HistoryDatabase database)
    {
        await Eventually.TrueAsync(async () => await database.RebuildStateAsync() != "running", "the rebuild has ended", Timeout);
        return await database.RebuildStateAsync();
    }

    /// <summary>Another one after each swap.</summary>
    public static async Task<long> ServingTableAsync(this HistoryDatabase database) => (await database.QueryAsync<long>("select 'public.orders'::regclass::oid::bigint")).Single();

    public static async Task<Life> ProjectedAsync(this RunningOrderHistory history)
    {
        var life = Life.Delivered();
        history.Publish(life.Events);
        await history.Database.IsProjectedAsync(life);
        return life;
    }

    public static Task IsProjectedAsync(this HistoryDatabase database, Life life) => Eventually.TrueAsync(
        async () => await database.CountAsync($"orders where id = '{life.Order}' and status = 'delivered' and shipment_status = 'delivered' and payment_status = 'captured' and placed_at is not null") == 1,
        "the order is projected", Timeout);
}
