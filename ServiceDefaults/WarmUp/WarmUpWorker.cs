using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.WarmUp;

/// <summary>
/// Runs the warm-up steps: connections are opened and typical code runs once, so that the first callers are served as fast as later ones. The health check is unhealthy
/// until all steps have ended, whether they succeeded or not.
/// </summary>
internal sealed partial class WarmUpWorker(
    IEnumerable<WarmUpStep> steps, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, IOptions<WarmUpOptions> options, TimeProvider clock, ILogger<WarmUpWorker> logger)
    : BackgroundService, IHealthCheck
{
    private volatile bool _isDone = !options.Value.Enabled || !steps.Any();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isDone ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The service is warming up."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_isDone)
            return;

        // After the start, because steps may call the service itself.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var begun = clock.GetTimestamp();
        foreach (var stage in steps.GroupBy(step => step.Stage).OrderBy(stage => stage.Key))
            await Task.WhenAll(stage.Select(step => RunAsync(step, stoppingToken))).ConfigureAwait(false);
        _isDone = true;
        LogDone(clock.GetElapsedTime(begun).TotalSeconds);
    }

    private async Task RunAsync(WarmUpStep step, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        Exception? last = null;
        try
        {
            // The second wait is for steps that ignore their token.
            await Task.Run(() => UntilItWorksAsync(step, failure => last = failure, either.Token), either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process stops.
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            LogTimedOut(last, step.What, options.Value.Timeout.TotalSeconds);
        }
        catch (Exception failure)
        {
            LogFailed(failure, step.What);
        }
    }

    private async Task UntilItWorksAsync(WarmUpStep step, Action<Exception> failed, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await step.Run(scope.ServiceProvider, cancel).ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested && TransientFailures.IsTransient(failure))
            {
                failed(failure);
                await Task.Delay(options.Value.Pause, clock, cancel).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Warm-up done after {Seconds:0.0} s")]
    private partial void LogDone(double seconds);

    [LoggerMessage(LogLevel.Warning, "Warm-up step ({What}) timed out after {Seconds:0} s: ready without it")]
    private partial void LogTimedOut(Exception? last, string what, double seconds);

    [LoggerMessage(LogLevel.Warning, "Warm-up step ({What}) failed: ready without it")]
    private partial void LogFailed(Exception failure, string what);
}
