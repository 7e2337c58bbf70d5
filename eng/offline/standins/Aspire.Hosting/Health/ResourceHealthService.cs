using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

/// <summary>Looks after the health of each resource from the moment it runs until all its instances have ended.</summary>
internal sealed partial class ResourceHealthService(
    ResourceNotificationService notifications, ResourceHealthMonitor monitor, ILogger<ResourceHealthService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watched = new Dictionary<IResource, Watch>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                var state = change.Snapshot.State?.Text;
                if (!watched.TryGetValue(change.Resource, out var watch))
                {
                    if (state == KnownResourceStates.Running)
                        watched[change.Resource] = Start(change.Resource, change.ResourceId, stoppingToken);
                }
                else if (KnownResourceStates.IsTerminal(state) && AllEnded(change.Resource))
                {
                    watched.Remove(change.Resource);
                    await watch.StopAsync().ConfigureAwait(false);

                    // Whoever starts from now on waits for the next time that the resource is ready.
                    await notifications.PublishUpdateAsync(change.Resource, s => s with { Ready = null }).ConfigureAwait(false);
                }
                else if (state == KnownResourceStates.Running && watch.Running.Add(change.ResourceId))
                {
                    watch.Again.Release();
                }
                else if (state != KnownResourceStates.Running && watch.Running.Remove(change.ResourceId))
                {
                    watch.Again.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var watch in watched.Values)
                await watch.StopAsync().ConfigureAwait(false);
        }
    }

    private bool AllEnded(IResource resource) => notifications.CurrentOf(resource).All(e => KnownResourceStates.IsTerminal(e.Snapshot.State?.Text));

    private Watch Start(IResource resource, string id, CancellationToken stopping)
    {
        var watch = new Watch(CancellationTokenSource.CreateLinkedTokenSource(stopping)) { Running = { id } };
        watch.Task = Task.Run(() => RunAsync(resource, watch), CancellationToken.None);
        return watch;
    }

    private async Task RunAsync(IResource resource, Watch watch)
    {
        try
        {
            await monitor.WatchAsync(resource, watch.Again, watch.Stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (watch.Stop.IsCancellationRequested)
        {
            // All instances have ended, or the AppHost stops.
        }
        catch (Exception e)
        {
            LogEnded(logger, e, resource.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The health of '{Resource}' is no longer looked after.")]
    private static partial void LogEnded(ILogger logger, Exception exception, string resource);

    private sealed class Watch(CancellationTokenSource stop)
    {
        public CancellationTokenSource Stop { get; } = stop;

        /// <summary>Released when an instance came up or went down: look at once.</summary>
        public SemaphoreSlim Again { get; } = new(0);

        public HashSet<string> Running { get; } = [];

        public Task Task { get; set; } = Task.CompletedTask;

        public async Task StopAsync()
        {
            await Stop.CancelAsync().ConfigureAwait(false);
            await Task.ConfigureAwait(false);
            Stop.Dispose();
            Again.Dispose();
        }
    }
}
