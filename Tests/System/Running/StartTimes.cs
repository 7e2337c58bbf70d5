using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting;

namespace Shop.SystemTests.Running;

/// <summary>The start times of the shop's processes by replica, as the operating system reports them.</summary>
internal sealed class StartTimes : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Resource, string Replica, int Pid), DateTimeOffset> _starts = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;

    private StartTimes(DistributedApplication app) => _watching = WatchAsync(app);

    public static StartTimes Watch(DistributedApplication app) => new(app);

    /// <summary>For each replica of a resource, the time from <paramref name="moment"/> to its first start after it; null: it was not started.</summary>
    public IReadOnlyList<TimeSpan?> After(string resource, DateTimeOffset moment) =>
    [
        .. _starts.Where(start => start.Key.Resource == resource).GroupBy(start => start.Key.Replica)
            .Select(replica => replica.Where(start => start.Value > moment).Select(start => (TimeSpan?)(start.Value - moment)).Min()),
    ];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync(DistributedApplication app)
    {
        try
        {
            await foreach (var change in app.ResourceNotifications.WatchAsync(_end.Token))
            {
                if (change.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } value
                    && int.TryParse(value.ToString(), out var pid) && !_starts.ContainsKey((change.Resource.Name, change.ResourceId, pid)) && StartOf(pid) is { } start)
                    _starts[(change.Resource.Name, change.ResourceId, pid)] = start;
            }
        }
        catch (OperationCanceledException)
        {
            // the end
        }
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
}
