using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Brings the model to life through the orchestrator and keeps the two in step.</summary>
internal sealed partial class Orchestrator(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IDcp dcp,
    DcpLogs dcpLogs,
    EndpointAllocator endpoints,
    ExecutableSpecs specs,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    ILogger<Orchestrator> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunningInstance> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;

    /// <summary>Returns when everything that starts by itself has been started, or has failed to.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        RefuseContainers();
        foreach (var resource in model.Resources)
        {
            foreach (var instance in resource.GetInstances())
                _instances[instance.Name] = new RunningInstance(resource, instance);
        }

        await PublishInitialStatesAsync(cancel).ConfigureAwait(false);
        await endpoints.AllocateAsync(model.Resources, cancel).ConfigureAwait(false);
        _background = Task.WhenAll(WatchAsync(_stopping.Token), dcpLogs.RunAsync(_stopping.Token));
        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>().Where(r => r.GetEndpoints().Any(e => e.IsAllocated)))
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancel).ConfigureAwait(false);
        foreach (var resource in model.Resources)
        {
            var urls = await ResourceUrls.ResolveAsync(resource, executionContext, logs, cancel).ConfigureAwait(false);
            if (urls.Length > 0)
            {
                await notifications.PublishUpdateAsync(resource, s => s with
                {
                    Urls = [.. urls.Select(u => u with { IsInactive = resource.GetInstances().Count > 0 })],
                }).ConfigureAwait(false);
            }
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stopping.Token);
        await Task.WhenAll(_instances.Values.GroupBy(i => i.Resource).Select(g => StartAllAsync(g.Key, [.. g], either.Token))).ConfigureAwait(false);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancel).ConfigureAwait(false);
    }

    /// <summary>Dependents first, infrastructure last; then the orchestrator itself.</summary>
    public async Task StopAllAsync(CancellationToken cancel)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_dead)
            return;
        try
        {
            foreach (var wave in StopOrder.Of(model.Resources))
                await Task.WhenAll(_instances.Values.Where(i => wave.Contains(i.Resource)).Select(i => EndInAnyCaseAsync(i, cancel))).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            LogHurried(logger);
        }

        await dcp.ShutDownAsync(CancellationToken.None).ConfigureAwait(false);
        await _background.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    /// <summary>One that does not end must not keep the others from being stopped in order; the orchestrator's own end takes it along.</summary>
    private async Task EndInAnyCaseAsync(RunningInstance instance, CancellationToken cancel)
    {
        try
        {
            await EndAsync(instance, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            LogNotEnded(logger, e, instance.Id);
        }
    }

    private void RefuseContainers()
    {
        var containers = model.Resources.OfType<ContainerResource>().Where(c => !c.HasAnnotationOfType<ExplicitStartupAnnotation>()).Select(c => c.Name).ToArray();
        if (containers.Length > 0)
        {
            throw new DistributedApplicationException(
                $"The offline kit cannot run containers ({string.Join(", ", containers)}): use embedded or external infrastructure, or the real Aspire packages with a container runtime.");
        }
    }

    private async Task PublishInitialStatesAsync(CancellationToken cancel)
    {
        await ParameterStates.PublishAsync(model.Resources.OfType<ParameterResource>(), notifications, logs, cancel).ConfigureAwait(false);
        foreach (var resource in model.Resources)
        {
            await notifications.PublishUpdateAsync(resource, s => s with
            {
                Relationships = InitialState.Relationships(resource),
                HealthReports = InitialState.HealthReports(resource),
                Properties = InitialState.ParentOf(resource) is { } parent ? s.Properties.Set(KnownProperties.ParentName, parent.GetResourceIds()[0]) : s.Properties,
            }).ConfigureAwait(false);
            var initialize = new InitializeResourceEvent(resource, eventing, logs, notifications, services);
            await eventing.PublishAsync(initialize, EventDispatchBehavior.NonBlockingConcurrent, _stopping.Token).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Instance}' could not be stopped in its turn.")]
    private static partial void LogNotEnded(ILogger logger, Exception exception, string instance);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no time left to stop the resources one after the other: all are stopped now.")]
    private static partial void LogHurried(ILogger logger);
}
