using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

internal sealed partial class Orchestrator
{
    /// <summary>So long the orchestrator may be silent before it is taken for dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private bool _dead;

    private async Task WatchAsync(CancellationToken cancel)
    {
        var lastHeard = TimeProvider.System.GetTimestamp();
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in dcp.WatchExecutablesAsync(cancel).ConfigureAwait(false))
                {
                    lastHeard = TimeProvider.System.GetTimestamp();
                    if (change.Type != "DELETED" && _instances.TryGetValue(change.Object.Metadata.Name, out var instance)
                        && change.Object.Metadata.Uid != instance.OutdatedUid)
                    {
                        await ReportAsync(instance, change.Object).ConfigureAwait(false);
                    }
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                if (TimeProvider.System.GetElapsedTime(lastHeard) > Silence && e is HttpRequestException)
                {
                    // It takes all programs with it, so there is nothing left to orchestrate.
                    _dead = true;
                    Environment.ExitCode = 1;
                    LogDead(logger, e.Message);
                    lifetime.StopApplication();
                    return;
                }
            }

            catch (Exception e)
            {
                // One change that is not understood must not make the AppHost blind for all that follow.
                LogNotUnderstood(logger, e);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task ReportAsync(RunningInstance instance, DcpExecutable executable)
    {
        var before = notifications.TryGetCurrentState(instance.Id, out var known) ? known.Snapshot.State?.Text : null;
        await notifications.PublishUpdateAsync(instance.Resource, instance.Id, s => ExecutableSnapshots.Apply(instance.Resource, executable, s)).ConfigureAwait(false);
        if (!notifications.TryGetCurrentState(instance.Id, out var now) || !KnownResourceStates.IsTerminal(now.Snapshot.State?.Text) || KnownResourceStates.IsTerminal(before))
            return;

        if (now.Snapshot.State!.Text == KnownResourceStates.FailedToStart)
            LogWhy(logs.GetLogger(instance.Id), await WhyAsync(instance.Id).ConfigureAwait(false));
        await PublishStoppedAsync(instance.Resource, now).ConfigureAwait(false);
    }

    private async Task<string> WhyAsync(string id)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            return await dcpLogs.WhyAsync(id, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            return e.Message;
        }
    }

    private async Task PublishStoppedAsync(IResource resource, ResourceEvent last)
    {
        try
        {
            await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, last), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogStoppedHandler(logger, e, resource.Name);
        }

        foreach (var child in model.Resources.Where(r => r is IResourceWithParent p && p.Parent == resource && !r.HasOwnLifetime()).ToArray())
            await PublishStoppedAsync(child, last).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The orchestrator has died and its programs with it ({Reason}); stopping.")]
    private static partial void LogDead(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A change that the orchestrator reported could not be taken over.")]
    private static partial void LogNotUnderstood(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The program could not be started: {Why}")]
    private static partial void LogWhy(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is to be done when '{Resource}' has stopped failed.")]
    private static partial void LogStoppedHandler(ILogger logger, Exception exception, string resource);
}
