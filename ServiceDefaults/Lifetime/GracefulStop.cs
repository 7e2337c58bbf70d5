using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Lifetime;

/// <summary>
/// The order of a stop: readiness is turned off, requests are still served for the drain time, then the server and the consumers stop, then telemetry is flushed.
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

    /// <summary>Runs before any hosted service, including the web server, is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Already off after a signal, but not if code stops the host.
        readiness.TurnOff();

        var drain = options.Value.Drain;
        LogDraining(drain);
        await Task.Delay(drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => telemetry.FlushAsync(options.Value.Flush);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Stopping: readiness is off, requests are served for another {Drain}")]
    private partial void LogDraining(TimeSpan drain);
}
