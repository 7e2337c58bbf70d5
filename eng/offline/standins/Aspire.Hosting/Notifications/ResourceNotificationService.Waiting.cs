using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        string[] wanted = [.. targetStates];
        var found = await WaitForResourceAsync(
            resourceName,
            change => change.Snapshot.State?.Text is { } state && wanted.Contains(state, StringComparer.OrdinalIgnoreCase),
            cancellationToken).ConfigureAwait(false);
        return found.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        string? last = null;
        try
        {
            await foreach (var change in WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase))
                    continue;
                if (predicate(change))
                    return change;
                last = $"{change.Snapshot.State?.Text ?? "no state"}, {change.Snapshot.HealthStatus?.ToString() ?? "no health"}";
            }
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(
                $"Resource '{resourceName}' did not become what was waited for before the operation was cancelled (last seen: {last ?? "nothing"}).",
                e,
                e.CancellationToken);
        }

        throw new OperationCanceledException($"The watch of resource '{resourceName}' ended.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _defaultWaitBehavior, cancellationToken);

    /// <summary>Waits until one instance is healthy and the handlers of its <see cref="ResourceReadyEvent"/> are done.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        if (waitBehavior == WaitBehavior.StopOnResourceUnavailable
            && _services.GetService<DistributedApplicationModel>() is { } model && !model.Resources.TryGetByName(resourceName, out _))
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");
        }

        var healthy = await WaitForResourceAsync(
            resourceName,
            change => change.Snapshot.HealthStatus == HealthStatus.Healthy || GivesUp(waitBehavior, change.Snapshot),
            cancellationToken).ConfigureAwait(false);
        if (healthy.Snapshot.HealthStatus != HealthStatus.Healthy)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start: {healthy.ResourceId} is {healthy.Snapshot.State?.Text}.");
        }

        return await WaitUntilReadyAsync(healthy, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns when everything that the resource waits for is as it should be; throws when that will not happen any more.</summary>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(w => w.Resource is not IResourceWithoutLifetime).ToArray();
        if (waits.Length == 0)
            return;

        await PublishUpdateAsync(resource, s => s.State?.Text is null or "Starting" or "NotStarted" ? s with { State = KnownResourceStates.Waiting } : s)
            .ConfigureAwait(false);
        var all = waits.SelectMany(wait => wait.Resource.GetResourceIds().Select(id => WaitForAsync(resource, wait, id, cancellationToken)));
        await Task.WhenAll(all).ConfigureAwait(false);
    }

    private async Task WaitForAsync(IResource resource, WaitAnnotation wait, string id, CancellationToken cancel)
    {
        var behavior = wait.WaitBehavior ?? _defaultWaitBehavior;
        var name = wait.Resource.Name;
        Task<ResourceEvent> Until(Func<CustomResourceSnapshot, bool> wanted) =>
            WaitForResourceAsync(name, change => change.ResourceId == id && wanted(change.Snapshot), cancel);

        if (wait.WaitType == WaitType.WaitForCompletion)
        {
            WaitLog.Waiting(_logs.GetLogger(resource), id, "to end");
            var ended = (await Until(s => KnownResourceStates.IsTerminal(s.State?.Text)).ConfigureAwait(false)).Snapshot;
            if (ended.State?.Text == KnownResourceStates.FailedToStart || (ended.ExitCode is { } code && code != wait.ExitCode))
            {
                throw new DistributedApplicationException(
                    $"Resource '{resource.Name}' stopped waiting for '{id}': it is {ended.State?.Text} with exit code {ended.ExitCode}, expected {wait.ExitCode}.");
            }

            return;
        }

        WaitLog.Waiting(_logs.GetLogger(resource), id, wait.WaitType == WaitType.WaitUntilStarted ? "to run" : "to run and be healthy");
        var running = await Until(s => s.State?.Text == KnownResourceStates.Running || GivesUp(behavior, s)).ConfigureAwait(false);
        if (running.Snapshot.State?.Text != KnownResourceStates.Running)
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' stopped waiting for '{id}' because it is {running.Snapshot.State?.Text}.");
        }

        if (wait.WaitType == WaitType.WaitUntilStarted)
            return;
        var healthy = await Until(s => s.HealthStatus == HealthStatus.Healthy).ConfigureAwait(false);
        await WaitUntilReadyAsync(healthy, cancel).ConfigureAwait(false);
        WaitLog.Done(_logs.GetLogger(resource), id);
    }

    private async Task<ResourceEvent> WaitUntilReadyAsync(ResourceEvent running, CancellationToken cancel)
    {
        var ready = await WaitForResourceAsync(
            running.Resource.Name, change => change.ResourceId == running.ResourceId && change.Snapshot.Ready is not null, cancel).ConfigureAwait(false);
        await ready.Snapshot.Ready!.WaitAsync(cancel).ConfigureAwait(false);
        return ready;
    }

    private static bool GivesUp(WaitBehavior behavior, CustomResourceSnapshot snapshot) =>
        behavior == WaitBehavior.StopOnResourceUnavailable
        && (KnownResourceStates.IsTerminal(snapshot.State?.Text) || snapshot.State?.Text == KnownResourceStates.RuntimeUnhealthy);
}
