using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

internal sealed partial class Orchestrator
{
    /// <summary>The start command. What waits for others is let go without them.</summary>
    public async Task StartAsync(string id, CancellationToken cancel)
    {
        var instance = Find(id);
        if (instance.Waiting is { } waiting)
        {
            await notifications.PublishUpdateAsync(instance.Resource, id, s => s with { State = KnownResourceStates.Starting }).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stopping.Token);
        using (await EnterAsync(instance, either.Token).ConfigureAwait(false))
        {
            if (notifications.TryGetCurrentState(id, out var now) && now.Snapshot.State?.Text is "Running" or "Stopping")
                throw new DistributedApplicationException($"'{id}' is {now!.Snapshot.State!.Text} and cannot be started.");
            await ForgetAsync(instance, either.Token).ConfigureAwait(false);
            await StartTogetherAsync(instance.Resource, [instance], id, either.Token).ConfigureAwait(false);
        }
    }

    /// <summary>The first start of a resource: its replicas wait once, for all.</summary>
    private async Task StartAllAsync(IResource resource, RunningInstance[] instances, CancellationToken cancel)
    {
        if (resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
        {
            await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.NotStarted }).ConfigureAwait(false);
            return;
        }

        foreach (var instance in instances)
            await instance.Gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await StartTogetherAsync(resource, instances, instances.Length == 1 ? instances[0].Id : null, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The AppHost is stopped before everything was up.
        }
        catch (Exception e)
        {
            // Shown at the resource; the others go on.
            LogNotStarted(logger, resource.Name, e.Message);
        }
        finally
        {
            foreach (var instance in instances)
                instance.Gate.Release();
        }
    }

    private async Task StartTogetherAsync(IResource resource, RunningInstance[] instances, string? instanceId, CancellationToken cancel)
    {
        try
        {
            foreach (var instance in instances)
            {
                await notifications.PublishUpdateAsync(resource, instance.Id, s => s with
                {
                    State = KnownResourceStates.Starting,
                    ExitCode = null,
                    StopTimeStamp = null,
                    HealthReports = InitialState.HealthReports(resource),
                }).ConfigureAwait(false);
            }

            await PublishConnectionStringsAsync(resource, cancel).ConfigureAwait(false);
            await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services) { InstanceId = instanceId }, cancel).ConfigureAwait(false);
            await WaitForDependenciesAsync(resource, instances, cancel).ConfigureAwait(false);
            await Task.WhenAll(instances.Select(i => CreateAsync(i, cancel))).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            LogFailed(logs.GetLogger(resource), e, resource.Name);
            foreach (var instance in instances)
            {
                await notifications.PublishUpdateAsync(resource, instance.Id, s => s with
                {
                    State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
                }).ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task WaitForDependenciesAsync(IResource resource, RunningInstance[] instances, CancellationToken cancel)
    {
        if (!resource.HasAnnotationOfType<WaitAnnotation>())
            return;
        using var letGo = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        foreach (var instance in instances)
            instance.Waiting = letGo;
        try
        {
            await notifications.WaitForDependenciesAsync(resource, letGo.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogLetGo(logs.GetLogger(resource));
        }
        finally
        {
            foreach (var instance in instances)
                instance.Waiting = null;
        }

        await notifications.PublishUpdateAsync(resource, s => s.State?.Text == KnownResourceStates.Waiting ? s with { State = KnownResourceStates.Starting } : s)
            .ConfigureAwait(false);
    }

    private async Task CreateAsync(RunningInstance instance, CancellationToken cancel)
    {
        var executable = await specs.CreateAsync(instance.Resource, instance.Instance, cancel).ConfigureAwait(false);
        var created = await dcp.CreateExecutableAsync(executable, cancel).ConfigureAwait(false);
        instance.Uid = created.Metadata.Uid;
        dcpLogs.Started(instance.Id, _stopping.Token);
    }

    /// <summary>Of the resource, and of the children that live and die with it.</summary>
    private async Task PublishConnectionStringsAsync(IResource resource, CancellationToken cancel)
    {
        if (resource is IResourceWithConnectionString connection)
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancel).ConfigureAwait(false);
            var text = await connection.GetConnectionStringAsync(cancel).ConfigureAwait(false);
            await notifications.PublishUpdateAsync(resource, s => s with
            {
                Properties = s.Properties.Set(KnownProperties.ConnectionString, text, sensitive: true),
            }).ConfigureAwait(false);
        }

        foreach (var child in model.Resources.Where(r => r is IResourceWithConnectionString and IResourceWithParent p && p.Parent == resource && !r.HasOwnLifetime()))
            await PublishConnectionStringsAsync(child, cancel).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Failed to start {Resource}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string resource);

    [LoggerMessage(Level = LogLevel.Error, Message = "Resource {Resource} failed to start: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, string resource, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Started by command, without waiting any longer.")]
    private static partial void LogLetGo(ILogger logger);
}
