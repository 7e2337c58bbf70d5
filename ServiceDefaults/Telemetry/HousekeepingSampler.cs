using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Drops traces that would begin with a call to something else: polls of the outbox, leases, health checks, keys. Work that somebody asked for begins with
/// a request, a message or a span of ours.
/// </summary>
internal sealed class HousekeepingSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
