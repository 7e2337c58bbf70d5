using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.AppHost.Operations;

/// <summary>
/// Stops every process, deletes the embedded servers' data and starts again, in the order of the first start. Not for containers: their data is in volumes, which the
/// container runtime deletes.
/// </summary>
internal sealed class CleanRestart(DistributedApplicationModel model, ResourceCommandService commands, ResourceNotificationService notifications, RestartSuspension suspension,
    ShopSettings settings, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<ExecuteCommandResult> ExecuteAsync(CancellationToken cancel)
    {
        if (!await _one.WaitAsync(0, cancel))
            return CommandResults.Failure("A clean restart is already running.");

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Timeout);
        suspension.IsOn = true;
        try
        {
            var servers = model.Resources.OfType<IEmbeddedServer>().ToList<IResource>();
            var setup = model.Resources.OfType<ProjectResource>().Where(project => project.RunsToCompletion() && !project.HasAnnotationOfType<ExplicitStartupAnnotation>()).ToList();
            var services = model.Resources.OfType<ProjectResource>().Where(project => !project.RunsToCompletion()).ToList();

            await AllAsync(services, service => StopAsync(service, deadline.Token));
            await AllAsync(servers, server => StopAsync(server, deadline.Token));
            DataFolder.Empty(settings);
            await AllAsync(servers, server => StartAsync(server, change => change.Snapshot.HealthStatus is HealthStatus.Healthy, deadline.Token));
            await AllAsync(setup, program => StartAsync(program, change => change.Snapshot.ExitCode == 0, deadline.Token));
            await AllAsync(services, service => StartAsync(service, change => change.Snapshot.HealthStatus is HealthStatus.Healthy, deadline.Token));
            return CommandResults.Success("The shop has restarted with empty data.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return CommandResults.Failure($"All processes are stopped, but the data could not be deleted: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return CommandResults.Failure($"It took longer than {Timeout.TotalMinutes} minutes: check which resource has not started.");
        }
        finally
        {
            suspension.IsOn = false;
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static Task AllAsync<T>(IEnumerable<T> resources, Func<T, Task> step) => Task.WhenAll(resources.Select(step));

    private async Task StopAsync(IResource resource, CancellationToken cancel)
    {
        await commands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, cancel);
        await EveryReplicaAsync(resource, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), cancel);
    }

    private async Task StartAsync(IResource resource, Func<ResourceEvent, bool> isUp, CancellationToken cancel)
    {
        var asked = clock.GetUtcNow().UtcDateTime;
        await commands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, cancel);
        await EveryReplicaAsync(resource, change => change.Snapshot.StartTimeStamp >= asked.AddSeconds(-1) && isUp(change), cancel);
    }

    private async Task EveryReplicaAsync(IResource resource, Func<ResourceEvent, bool> condition, CancellationToken cancel)
    {
        var replicas = resource is ProjectResource project ? project.GetReplicaCount() : 1;
        var fulfilled = new HashSet<string>();
        // Starts with the current state of each.
        await foreach (var change in notifications.WatchAsync(cancel))
        {
            if (change.Resource.Name != resource.Name)
                continue;
            if (!condition(change))
                fulfilled.Remove(change.ResourceId);
            else if (fulfilled.Add(change.ResourceId) && fulfilled.Count == replicas)
                return;
        }
    }
}
