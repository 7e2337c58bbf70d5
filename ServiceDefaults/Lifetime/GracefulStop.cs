using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Lifetime;

/// <summary>
/// The order of a stop: not ready any more, a while in which requests are still served, then the server and the consumers, then the last telemetry.
/// </summary>
internal sealed partial class GracefulStop(
    Readiness readiness,
    LastTelemetry telemetry,
    IHostApplicationLifetime lifetime,
    IOptions<LifetimeOptions> options,
    TimeProvider clock,
    ILogger<GracefulStop> logger) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(readiness.TurnOff);
        return Task.CompletedTask;
    }

    /// <summary>Runs before any service, the web server among them, is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Already so after a signal; not so when the host is stopped by code.
        readiness.TurnOff();

        var drain = options.Value.Drain;
        LogDraining(drain);
        await Task.Delay(drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => telemetry.FlushAsync(options.Value.Flush);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Information, "Stopping: not ready any more, requests are served for another {Drain}")]
    private partial void LogDraining(TimeSpan drain);
}
