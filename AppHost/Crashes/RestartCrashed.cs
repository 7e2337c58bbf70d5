using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.AppHost.Crashes;

/// <summary>
/// Starts again what died, with growing pauses, as Kubernetes would do it: with the resource's own start command, the one that the dashboard offers.
/// What was stopped on purpose stays stopped. <c>Shop:RestartCrashed=false</c> turns it off.
/// </summary>
internal sealed partial class RestartCrashed(
    ResourceNotificationService notifications, ResourceCommandService commands, RestartPause restartPause, IHostApplicationLifetime lifetime,
    ILogger<RestartCrashed> logger, TimeProvider clock)
    : BackgroundService
{
    private readonly Dictionary<string, CrashWatch> _watches = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What ends while everything is being stopped did not crash.
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
                if (watch.Sees(change.Snapshot.State?.Text) is not { } pause)
                    continue;

                StopWaitingForOthers(change.Resource);
                starts.Add(StartAsync(change.ResourceId, change.Snapshot.ExitCode, pause, watch, end.Token));
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the end
        }

        await Task.WhenAll(starts);
    }

    /// <summary>A program that runs to completion is started again until it has ended well; one that somebody starts by hand is theirs.</summary>
    private static bool IsMeantToEnd(ResourceEvent change) => change.Resource.RunsToCompletion()
        && (change.Resource.HasAnnotationOfType<ExplicitStartupAnnotation>() || IsEnd(change.Snapshot) && change.Snapshot.ExitCode is null or 0);

    private static bool IsEnd(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    /// <summary>
    /// The order of the first start is a convenience. A service that has run copes with a broker or a database that is away, and must not stay dead for as long as they are.
    /// </summary>
    private static void StopWaitingForOthers(IResource resource)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>().ToList())
            resource.Annotations.Remove(wait);
    }

    private async Task StartAsync(string resource, int? exitCode, TimeSpan pause, CrashWatch watch, CancellationToken cancel)
    {
        LogDied(resource, exitCode, pause.TotalSeconds);
        try
        {
            await Task.Delay(pause, clock, cancel);
            while (!watch.IsUp && !restartPause.IsOn && !await TryStartAsync(resource, cancel))
                await Task.Delay(watch.NextPause(), clock, cancel);
            if (restartPause.IsOn && !watch.IsUp)
                LogLeft(resource);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the end
        }
    }

    private async Task<bool> TryStartAsync(string resource, CancellationToken cancel)
    {
        try
        {
            var result = await commands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, cancel);
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

    [LoggerMessage(1, LogLevel.Warning, "{Resource} died (exit code {ExitCode}); it is started again in {Seconds} s.")]
    private partial void LogDied(string resource, int? exitCode, double seconds);

    [LoggerMessage(2, LogLevel.Error, "{Resource} could not be started again: {Reason}")]
    private partial void LogNotStarted(string resource, string? reason);

    [LoggerMessage(3, LogLevel.Error, "{Resource} could not be started again.")]
    private partial void LogFailed(Exception failure, string resource);

    [LoggerMessage(4, LogLevel.Information, "{Resource} is not started again: everything is being stopped on purpose.")]
    private partial void LogLeft(string resource);
}

internal static class RestartCrashedExtensions
{
    public static void RestartCrashed(this IDistributedApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RestartPause>();
        if (builder.ExecutionContext.IsRunMode && ShopSettings.Of(builder).RestartCrashed)
            builder.Services.AddHostedFirst<RestartCrashed>();
    }
}
