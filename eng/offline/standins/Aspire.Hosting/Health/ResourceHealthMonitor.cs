using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

/// <summary>Runs a resource's health checks again and again and says when it is ready.</summary>
internal sealed partial class ResourceHealthMonitor(
    ResourceNotificationService notifications,
    HealthCheckService checks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<ResourceHealthMonitor> logger)
{
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(10);

    public async Task WatchAsync(IResource resource, SemaphoreSlim again, CancellationToken cancel)
    {
        if (!resource.TryGetAnnotationsIncludingAncestorsOfType<HealthCheckAnnotation>(out var annotations))
        {
            await PublishReadyAsync(resource, cancel).ConfigureAwait(false);
            return;
        }

        var keys = annotations.Select(a => a.Key).ToHashSet();
        var begin = clock.GetTimestamp();
        var ready = false;
        var failures = 0;
        while (true)
        {
            var report = await checks.CheckHealthAsync(r => keys.Contains(r.Name), cancel).ConfigureAwait(false);
            await PublishAsync(resource, report).ConfigureAwait(false);
            failures = report.Status == HealthStatus.Healthy ? 0 : failures + 1;
            if (report.Status == HealthStatus.Healthy && !ready)
            {
                ready = true;
                _ = PublishReadyAsync(resource, cancel);
            }

            var pause = failures switch
            {
                0 => WhileHealthy,
                _ when !ready && clock.GetElapsedTime(begin) < StartUp => WhileStarting,
                _ => WhileUnhealthy * Math.Min(5, failures),
            };
            await again.WaitAsync(pause, cancel).ConfigureAwait(false);
        }
    }

    private Task PublishAsync(IResource resource, HealthReport report)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return notifications.PublishUpdateAsync(resource, s => s with { HealthReports = Merge(s.HealthReports, report, now) });
    }

    private static ImmutableArray<HealthReportSnapshot> Merge(ImmutableArray<HealthReportSnapshot> old, HealthReport report, DateTime now)
    {
        var fresh = report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.ToString())
        {
            LastRunAt = now,
        }).ToDictionary(r => r.Name);
        return [.. old.Where(r => !fresh.ContainsKey(r.Name)), .. fresh.Values.OrderBy(r => r.Name, StringComparer.Ordinal)];
    }

    private async Task PublishReadyAsync(IResource resource, CancellationToken cancel)
    {
        var handlers = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancel);
        await handlers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (handlers.Exception?.InnerException is { } failure)
            LogNotReady(logger, failure, resource.Name);

        // Those who wait see the handlers' failure as their own.
        await notifications.PublishUpdateAsync(resource, s => s with { Ready = handlers }).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What is to be done when '{Resource}' is ready failed.")]
    private static partial void LogNotReady(ILogger logger, Exception exception, string resource);
}
