using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Shop.ServiceDefaults.Lifetime;

/// <summary>
/// The order of a stop: not ready any more, a while in which requests are still served, then the server and the consumers, then the last telemetry.
/// </summary>
internal sealed partial class GracefulStop(
    Readiness readiness,
    IHostApplicationLifetime lifetime,
    IOptions<LifetimeOptions> options,
    TimeProvider clock,
    IServiceProvider services,
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
        readiness.TurnOff();
        // Already so after a signal; not so when the host is stopped by code. Streams that never end by themselves wait for it.
        lifetime.StopApplication();

        var drain = options.Value.Drain;
        LogDraining(drain);
        await Task.Delay(drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var atMost = (int)options.Value.Flush.TotalMilliseconds;

        // In parallel: with a collector that is away each would wait its whole time.
        await Task.WhenAll(
            Task.Run(() => services.GetService<TracerProvider>()?.ForceFlush(atMost), CancellationToken.None),
            Task.Run(() => services.GetService<MeterProvider>()?.ForceFlush(atMost), CancellationToken.None),
            Task.Run(() => services.GetService<LoggerProvider>()?.ForceFlush(atMost), CancellationToken.None)).ConfigureAwait(false);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Information, "Stopping: not ready any more, requests are served for another {Drain}")]
    private partial void LogDraining(TimeSpan drain);
}
