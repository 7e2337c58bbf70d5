using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// How many traces a process begins, unless <c>OTEL_TRACES_SAMPLER</c> says otherwise. Counted apart for what reads and for everything else: a page that asks
/// again and again takes no trace from an order.
/// </summary>
public sealed class TracingOptions
{
    public const string Section = "Tracing";

    /// <summary>Traces a second that are begun for as long as it takes.</summary>
    [Range(1, 100_000)]
    public int PerSecond { get; set; } = 10;

    /// <summary>Traces begun at once, after a quiet while.</summary>
    [Range(1, 1_000_000)]
    public int AtOnce { get; set; } = 200;
}
