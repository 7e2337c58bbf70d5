using System.Diagnostics;
using Npgsql;
using Shop.Load;
using Shop.Load.Running;

namespace Shop.Chaos.Killing;

/// <summary>What was under way when a process died, and how long it was away.</summary>
/// <param name="UnderWay">Orders that were accepted and had not ended; null: nobody could be asked.</param>
public sealed record Death(Victim Victim, IReadOnlyList<int> Pids, long? UnderWay, DateTimeOffset At)
{
    /// <summary>How long after the death the last of its successors was started.</summary>
    public TimeSpan? StartedAgain { get; set; }

    /// <summary>How long after the death the whole shop was healthy, with the successors in it.</summary>
    public TimeSpan? Healthy { get; set; }
}

/// <summary>SIGKILL: no process gets a chance to say anything.</summary>
public sealed class Killer(string infoFile)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // There is no document while the shop is not healthy; the last one tells where databases are, and who has not died since.
    private ShopInfo _last = ShopInfo.Read(infoFile);

    public async Task<Death> KillAsync(Victim victim, CancellationToken cancel)
    {
        var pids = await PidsAsync(victim.Process, cancel);
        IAsyncDisposable? held = null;
        try
        {
            held = await victim.Moment.ComesAsync(_last, cancel);
        }
        catch (NpgsqlException)
        {
            // The database is away, from the death before: any moment will do.
        }

        foreach (var pid in pids)
            Kill(pid);
        var at = TimeProvider.System.GetUtcNow();
        var death = new Death(victim, pids, await UnderWayAsync(cancel), at);
        if (held is not null)
            await held.DisposeAsync();
        return death;
    }

    /// <summary>Notes who is back. All are once the shop is healthy and has none of the dead in its document.</summary>
    public bool AllAreBack(IReadOnlyList<Death> deaths)
    {
        if (Read() is not { } now)
            return false;

        foreach (var death in deaths.Where(death => death.Healthy is null))
        {
            var pids = Pids(now, death.Victim.Process);
            if (pids.Count < death.Pids.Count || pids.Intersect(death.Pids).Any())
                continue;
            death.StartedAgain = pids.Max(StartOf) - death.At;
            death.Healthy = TimeProvider.System.GetUtcNow() - death.At;
        }
        return deaths.All(death => death.Healthy is not null);
    }

    private static DateTimeOffset? StartOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
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
            await Task.Delay(Look, cancel);
        }
    }

    private async Task<long?> UnderWayAsync(CancellationToken cancel)
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
            return null;    // it is the database that has died
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
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It died by itself just now.
        }
    }
}
