using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Shop.Testing;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>Orders whose faults need the same kill share it: all are brought to their call, which waits at the proxy, and then one kill is all of their faults.</summary>
internal sealed class Batches(ShopWithFaults shop, Orders orders, Action<string> say)
{
    /// <summary>All calls have to be at the proxy before the first of them times out.</summary>
    private static readonly TimeSpan ArriveWithin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(120);

    public async Task WithoutKillAsync(IReadOnlyList<Case> cases)
    {
        await orders.StartAsync(cases);
        await orders.EndAsync(cases, EndWithin);
        say($"{cases.Count} orders without a kill");
    }

    public async Task OrderingKilledAsync(IReadOnlyList<Case> cases)
    {
        await using var locks = await BringToTheirFaultAsync(cases);
        foreach (var order in cases)
            order.Script.Kill();
        await shop.Info.KillAsync("ordering");
        await locks.DisposeAsync();
        await RecoverAsync(cases, "Ordering");
    }

    public async Task UpstreamsKilledAsync(IReadOnlyList<Case> cases)
    {
        await using var locks = await BringToTheirFaultAsync(cases);
        await shop.Info.KillAsync([.. FaultProxy.Upstreams]);
        foreach (var order in cases)
            order.Script.Release();
        await RecoverAsync(cases, "the upstreams");
    }

    public async Task DatabasesKilledAsync(IReadOnlyList<Case> cases)
    {
        await using var locks = await BringToTheirFaultAsync(cases);
        using (var document = JsonDocument.Parse(await File.ReadAllTextAsync(shop.Info.Path)))
        {
            foreach (var server in document.RootElement.GetProperty("postgres").EnumerateArray())
                Process.GetProcessById(server.GetProperty("pid").GetInt32()).Kill();
        }
        foreach (var order in cases)
            order.Script.Release();
        await RecoverAsync(cases, "the databases");
    }

    private async Task RecoverAsync(IReadOnlyList<Case> cases, string killed)
    {
        await shop.IsWholeAsync();
        await orders.EndAsync(cases, EndWithin);
        say($"{cases.Count} orders while {killed} died");
    }

    /// <summary>Until each order's call waits at the proxy, its end waits for its row, or it has ended.</summary>
    private async Task<IAsyncDisposable> BringToTheirFaultAsync(IReadOnlyList<Case> cases)
    {
        await orders.StartAsync(cases);
        var ended = cases.Where(order => order.Fault == Fault.OrderingKilledStored && HasNoNextCall(order)).ToList();
        await EachAsync(cases.Except(ended), order => Task.FromResult(order.Script.IsHeld), "its call is at the proxy");
        await EachAsync(ended, async order => await orders.CountAsync($"select count(*) from orders where id = '{order.Id}' and status = '{order.Expected.Status}'") == 1, "it has ended");
        foreach (var order in ended)
            order.Script.Apply();
        await EachAsync(cases.Except(ended).Where(order => order.Fault == Fault.OrderingKilledStored), IsStoredAsync, "its outcome is stored");
        return await HoldEndsAsync([.. cases.Where(order => order.Row!.IsLocal).Except(ended)]);
    }

    /// <summary>The outcome of a saga's last call is stored with the end.</summary>
    private static bool HasNoNextCall(Case order) => order.Row!.IsLocal || order.Row.HeldAt == Rows.LastCallOf(order.Row);

    private async Task<bool> IsStoredAsync(Case order)
    {
        var (step, isUndo) = order.Row!.Step.StartsWith("undo ", StringComparison.Ordinal) ? (order.Row.Step[5..], true) : (order.Row.Step, false);
        return await orders.CountAsync($"""
            select count(*) from sagas.saga_log l join sagas.saga s on s.id = l.saga_id
            where s.subject = '{order.Id}' and s.type = '{order.Row.Saga}' and l.step = '{step}' and l.undo = {isUndo} and l.outcome = 'done'
            """) == 1;
    }

    /// <summary>Locks the orders' rows, and lets the last calls before their ends go on: then the ends wait for the rows.</summary>
    private async Task<IAsyncDisposable> HoldEndsAsync(IReadOnlyList<Case> ends)
    {
        var connection = new NpgsqlConnection(shop.Info.DatabaseOf("ordering"));
        await connection.OpenAsync();
        if (ends.Count == 0)
            return connection;

        await using var command = new NpgsqlCommand("select 1 from orders where id = any($1) for update", connection, await connection.BeginTransactionAsync())
        {
            Parameters = { new() { Value = ends.Select(order => order.Id).ToArray() } },
        };
        await command.ExecuteNonQueryAsync();
        foreach (var order in ends)
            order.Script.Release();
        try
        {
            await Eventually.TrueAsync(async () => await orders.CountAsync(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") >= ends.Count, "the ends wait for their rows", ArriveWithin);
            foreach (var order in ends)
                order.Script.Apply();
        }
        catch (TimeoutException failure)
        {
            foreach (var order in ends)
                order.Problems.Add(failure.Message);
        }

        return connection;
    }

    private static async Task EachAsync(IEnumerable<Case> cases, Func<Case, Task<bool>> isThere, string what)
    {
        var waiting = cases.ToList();
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                foreach (var order in waiting.ToList())
                {
                    if (await isThere(order))
                        waiting.Remove(order);
                }
                return waiting.Count == 0;
            }, what, ArriveWithin);
        }
        catch (TimeoutException)
        {
            foreach (var order in waiting)
                order.Problems.Add($"not within {ArriveWithin.TotalSeconds} s: {what}");
        }
    }
}
