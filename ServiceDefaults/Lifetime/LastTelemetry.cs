using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Shop.ServiceDefaults.Lifetime;

/// <summary>
/// Sends what is still waiting. The providers are taken at the start: at the end the container may be gone before the stop is through,
/// where somebody stops a host twice (as test hosts do).
/// </summary>
internal sealed class LastTelemetry(IServiceProvider services)
{
    private readonly TracerProvider? _traces = services.GetService<TracerProvider>();
    private readonly MeterProvider? _metrics = services.GetService<MeterProvider>();
    private readonly LoggerProvider? _logs = services.GetService<LoggerProvider>();

    /// <summary>In parallel: with a collector that is away each would wait its whole time.</summary>
    public Task FlushAsync(TimeSpan within)
    {
        var atMost = (int)within.TotalMilliseconds;

        return Task.WhenAll(
            Flush(() => _traces?.ForceFlush(atMost)),
            Flush(() => _metrics?.ForceFlush(atMost)),
            Flush(() => _logs?.ForceFlush(atMost)));
    }

    private static Task Flush(Action flush) => Task.Run(() =>
    {
        try
        {
            flush();
        }
        catch (ObjectDisposedException)
        {
            // Disposed meanwhile, which flushes as well.
        }
    });
}
