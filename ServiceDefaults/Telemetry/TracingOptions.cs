using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// The rate of traces that a process starts, unless <c>OTEL_TRACES_SAMPLER</c> is set. Section <c>Tracing</c>. Reads and other work have separate budgets, so that a
/// polling page takes no trace from an order.
/// </summary>
public sealed class TracingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Tracing";

    /// <summary>The sustained rate, in traces per second.</summary>
    [Range(1, 100_000)]
    public int PerSecond { get; set; } = 10;

    /// <summary>The size of a burst, in traces, after an idle time.</summary>
    [Range(1, 1_000_000)]
    public int AtOnce { get; set; } = 200;
}
