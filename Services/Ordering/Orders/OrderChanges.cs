using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Shop.Persistence.Workers;

namespace Shop.Ordering.Orders;

/// <summary>
/// Notifies the open event streams of this replica that their order has left a status, whichever replica changed it. One query for all watched orders, none while there are no streams.
/// </summary>
internal sealed partial class OrderChanges(IServiceScopeFactory scopes, TimeProvider clock, ILogger<OrderChanges> logger) : Worker
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<Watch, Guid> _watches = [];
    private readonly Wakeup _begun = new();

    private sealed class Watch(string status)
    {
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Left => _left.Task;

        public void See(string? now)
        {
            if (now != status)
                _left.TrySetResult();
        }
    }

    /// <summary>Ends when the order no longer has that status.</summary>
    public async Task LeavesAsync(Guid order, string status, CancellationToken cancel)
    {
        var watch = new Watch(status);
        _watches[watch] = order;
        _begun.Set();
        try
        {
            await watch.Left.WaitAsync(cancel);
        }
        finally
        {
            _watches.TryRemove(watch, out _);
        }
    }

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _begun.WaitAsync(Timeout.InfiniteTimeSpan, stopping);
            while (!_watches.IsEmpty)
            {
                await Task.Delay(Pause, clock, stopping);
                try
                {
                    await QueryAsync(stopping);
                }
                catch (Exception failure) when (!stopping.IsCancellationRequested)
                {
                    LogFailed(failure);       // the next query finds the same changes
                }
            }
        }
    }

    private async Task QueryAsync(CancellationToken cancel)
    {
        var watches = _watches.ToArray();
        var ids = watches.Select(watch => watch.Value).Distinct().ToArray();
        await using var scope = scopes.CreateAsyncScope();
        var statuses = await scope.ServiceProvider.GetRequiredService<OrderingDb>().Orders
            .Where(order => ids.Contains(order.Id))
            .Select(order => new { order.Id, order.Status })
            .ToDictionaryAsync(order => order.Id, order => order.Status, cancel);

        foreach (var (watch, id) in watches)
            watch.See(statuses.GetValueOrDefault(id));
    }

    [LoggerMessage(LogLevel.Warning, "The statuses of watched orders could not be queried; trying again")]
    private partial void LogFailed(Exception failure);
}
