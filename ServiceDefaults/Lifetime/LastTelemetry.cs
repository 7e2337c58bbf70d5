using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Shop.ServiceDefaults.Lifetime;

/// <summary>
/// Flushes buffered telemetry. The providers are resolved at start, because the container may be disposed before the stop ends, if a host is stopped twice (as test hosts
/// are).
/// </summary>
internal sealed class LastTelemetry(IServiceProvider services)
{
    private readonly TracerProvider? _traces = services.GetService<TracerProvider>();
    private readonly MeterProvider? _metrics = services.GetService<MeterProvider>();
    private readonly LoggerProvider? _logs = services.GetService<LoggerProvider>();

    /// <summary>In parallel: with an unavailable collector each takes the whole timeout.</summary>
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
            // Disposal has flushed it.
        }
    });
}
