using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.AppHost.Crashes;

/// <summary>
/// Restarts crashed processes with exponential back-off, as Kubernetes does, by the start command that the dashboard offers.
/// A process that was stopped on request stays stopped. A replica that runs without an endpoint is restarted, too: after a restart the orchestrator sometimes
/// lacks the process's endpoints, and its proxies then refuse every call. <c>Shop:RestartCrashed=false</c> turns it off.
/// </summary>
internal sealed partial class RestartCrashed(
    ResourceNotificationService notifications, ResourceCommandService commands, RestartSuspension suspension, IHostApplicationLifetime lifetime,
    ILogger<RestartCrashed> logger, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan BetweenStopAndStart = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, CrashWatch> _watches = [];
    private readonly ConcurrentDictionary<string, CustomResourceSnapshot> _unreachable = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // An exit during the shutdown is no crash.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var starts = new List<Task>();
        try
        {
            await foreach (var change in notifications.WatchAsync(end.Token))
            {
                if (change.Resource is not (ProjectResource or IEmbeddedServer) || IsMeantToEnd(change))
                    continue;

                if (!_watches.TryGetValue(change.ResourceId, out var watch))
                    _watches[change.ResourceId] = watch = new(clock);

                starts.RemoveAll(start => start.IsCompleted);
                if (!IsUnreachable(change))
                    IsReachable(change, watch);
                else if (_unreachable.TryAdd(change.ResourceId, change.Snapshot))
                    starts.Add(RestartUnreachableAsync(change.ResourceId, change.Snapshot, watch, end.Token));

                if (watch.Observe(change.Snapshot.State?.Text) is not { } delay)
                    continue;

                StopWaitingForOthers(change.Resource);
                starts.Add(StartAsync(change.ResourceId, change.Snapshot.ExitCode, delay, watch, end.Token));
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the end
        }

        await Task.WhenAll(starts);
    }

    /// <summary>A program that runs to completion is restarted until it succeeds; one with an explicit start is not restarted.</summary>
    private static bool IsMeantToEnd(ResourceEvent change) => change.Resource.RunsToCompletion()
        && (change.Resource.HasAnnotationOfType<ExplicitStartupAnnotation>() || IsEnd(change.Snapshot) && change.Snapshot.ExitCode is null or 0);

    private static bool IsEnd(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    /// <summary>
    /// The start order matters only for the first start. A restarted service handles an unavailable broker or database itself, and must not wait for them.
    /// </summary>
    private static void StopWaitingForOthers(IResource resource)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>().ToList())
            resource.Annotations.Remove(wait);
    }

    private async Task StartAsync(string resource, int? exitCode, TimeSpan delay, CrashWatch watch, CancellationToken cancel)
    {
        LogCrashed(resource, exitCode, delay.TotalSeconds);
        try
        {
            await StartAfterAsync(delay, resource, watch, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the end
        }
    }

    private async Task StartAfterAsync(TimeSpan delay, string resource, CrashWatch watch, CancellationToken cancel)
    {
        await Task.Delay(delay, clock, cancel);
        while (!watch.IsUp && !suspension.IsOn && !await TryExecuteAsync(resource, KnownResourceCommands.StartCommand, cancel))
            await Task.Delay(watch.NextDelay(), clock, cancel);
        if (suspension.IsOn && !watch.IsUp)
            LogSuspended(resource);
    }

    /// <summary>Running, and the proxy of an address leads nowhere. Without a proxy the process is called directly.</summary>
    private static bool IsUnreachable(ResourceEvent change) => change.Snapshot.State?.Text == KnownResourceStates.Running
        && change.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsProxied)
        && change.Snapshot.Urls.Any(url => url.IsInactive);

    private void IsReachable(ResourceEvent change, CrashWatch watch)
    {
        _unreachable.TryRemove(change.ResourceId, out _);
        if (change.Snapshot.State?.Text == KnownResourceStates.Running && !change.Snapshot.Urls.IsEmpty)
            watch.HasEndpoints();
    }

    private async Task RestartUnreachableAsync(string resource, CustomResourceSnapshot seen, CrashWatch watch, CancellationToken cancel)
    {
        try
        {
            var wait = watch.NextWaitForEndpoints();
            await Task.Delay(wait, clock, cancel);
            // Removed when it has an endpoint or runs no more, and if it is unreachable again another check has begun.
            if (!_unreachable.TryRemove(KeyValuePair.Create(resource, seen)) || suspension.IsOn)
                return;

            LogUnreachable(resource, wait.TotalSeconds);
            watch.ExpectStop();
            // Started whether or not it could be stopped: from here on no other code starts it.
            await TryExecuteAsync(resource, KnownResourceCommands.StopCommand, cancel);
            await StartAfterAsync(BetweenStopAndStart, resource, watch, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the end
        }
    }

    private async Task<bool> TryExecuteAsync(string resource, string command, CancellationToken cancel)
    {
        try
        {
            var result = await commands.ExecuteCommandAsync(resource, command, cancel);
            if (!result.Success)
                LogNotStarted(resource, result.Message);
            return result.Success;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, resource);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Resource} crashed (exit code {ExitCode}); restart in {Seconds} s")]
    private partial void LogCrashed(string resource, int? exitCode, double seconds);

    [LoggerMessage(LogLevel.Warning, "{Resource} runs, but has had no endpoint for {Seconds} s; it is restarted")]
    private partial void LogUnreachable(string resource, double seconds);

    [LoggerMessage(LogLevel.Error, "{Resource} could not be restarted: {Reason}")]
    private partial void LogNotStarted(string resource, string? reason);

    [LoggerMessage(LogLevel.Error, "{Resource} could not be restarted")]
    private partial void LogFailed(Exception failure, string resource);

    [LoggerMessage(LogLevel.Information, "{Resource} is not restarted: restarts are suspended during a clean restart")]
    private partial void LogSuspended(string resource);
}

internal static class RestartCrashedExtensions
{
    public static void RestartCrashed(this IDistributedApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RestartSuspension>();
        if (builder.ExecutionContext.IsRunMode && ShopSettings.Of(builder).RestartCrashed)
            builder.Services.AddHostedFirst<RestartCrashed>();
    }
}
