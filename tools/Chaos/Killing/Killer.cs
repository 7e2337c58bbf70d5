using System.Diagnostics;
using Npgsql;
using Shop.Load;
using Shop.Load.Running;

namespace Shop.Chaos.Killing;

/// <summary>A kill: the pending orders at that time, and how long the recovery took.</summary>
/// <param name="PendingOrders">Accepted orders that had not ended; null: the database could not be read.</param>
public sealed record ProcessKill(Victim Victim, IReadOnlyList<int> Pids, long? PendingOrders, DateTimeOffset At)
{
    /// <summary>The time from the kill to the start of the last new process.</summary>
    public TimeSpan? RestartedAfter { get; set; }

    /// <summary>The time from the kill until the whole shop, including the new processes, was healthy.</summary>
    public TimeSpan? HealthyAfter { get; set; }
}

/// <summary>Kills processes with SIGKILL, without a chance to shut down.</summary>
public sealed class Killer(string infoFile)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    // The document does not exist while the shop is not healthy; the last one still has the databases and the processes that were not killed since.
    private ShopInfo _last = ShopInfo.Read(infoFile);

    public async Task<ProcessKill> KillAsync(Victim victim, CancellationToken cancel)
    {
        var pids = await PidsAsync(victim.Process, cancel);
        IAsyncDisposable? held = null;
        try
        {
            held = await victim.Moment.WaitAsync(_last, cancel);
        }
        catch (NpgsqlException)
        {
            // The database is still unavailable after the previous kill: kill at once.
        }

        foreach (var pid in pids)
            Kill(pid);
        var at = TimeProvider.System.GetUtcNow();
        var kill = new ProcessKill(victim, pids, await CountPendingOrdersAsync(cancel), at);
        if (held is not null)
            await held.DisposeAsync();
        return kill;
    }

    /// <summary>Records recovered processes. All have recovered when the shop is healthy and its document has none of the killed processes.</summary>
    public bool HaveAllRecovered(IReadOnlyList<ProcessKill> kills)
    {
        if (Read() is not { } now)
            return false;

        foreach (var kill in kills.Where(kill => kill.HealthyAfter is null))
        {
            var pids = Pids(now, kill.Victim.Process);
            if (pids.Count < kill.Pids.Count || pids.Intersect(kill.Pids).Any())
                continue;
            kill.RestartedAfter = pids.Max(StartOf) - kill.At;
            kill.HealthyAfter = TimeProvider.System.GetUtcNow() - kill.At;
        }
        return kills.All(kill => kill.HealthyAfter is not null);
    }

    private static DateTimeOffset? StartOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<int>> PidsAsync(string process, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            _last = Read() ?? _last;
            if (Pids(_last, process) is { Count: > 0 } pids && pids.All(IsAlive))
                return pids;
            if (TimeProvider.System.GetElapsedTime(begun) > Timeout)
                throw new MistakeException($"{process} has not been started again within {Timeout.TotalMinutes} minutes.");
            await Task.Delay(PollInterval, cancel);
        }
    }

    private async Task<long?> CountPendingOrdersAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_last.DatabaseOf("ordering")) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancel);
            await using var command = new NpgsqlCommand("select count(*) from orders where status = 'pending'", connection);
            return (long)(await command.ExecuteScalarAsync(cancel))!;
        }
        catch (NpgsqlException)
        {
            return null;    // the database itself was killed
        }
    }

    private ShopInfo? Read()
    {
        try
        {
            return ShopInfo.Read(infoFile);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static IReadOnlyList<int> Pids(ShopInfo shop, string process) => process switch
    {
        "kafka" => shop.Kafka.Pid is { } pid ? [pid] : [],
        "postgres" => [.. (shop.Postgres ?? []).Select(server => server.Pid).OfType<int>()],
        _ => [.. shop.Services[process].Replicas.Select(replica => replica.Pid)],
    };

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // It has just exited.
        }
    }
}
