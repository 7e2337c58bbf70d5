using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.GrpcClients.Calls;

internal sealed class UpstreamMetrics
{
    public const string MeterName = "Shop.GrpcClients";

    private readonly ConcurrentBag<UpstreamCircuit> _circuits = [];
    private readonly Histogram<double> _duration;

    public UpstreamMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram(
            "shop.grpc_client.call.duration", "s", "How long calls to other services took, with all attempts.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        meter.CreateObservableGauge("shop.grpc_client.breaker.state", () => Each(circuit => circuit.State.ForGauge()), null, BreakerState.Meaning);
        meter.CreateObservableGauge("shop.grpc_client.bulkhead.available", () => Each(c => c.Bulkhead?.CurrentAvailablePermits ?? 0), "{call}", "Places left.");
        meter.CreateObservableGauge("shop.grpc_client.bulkhead.queued", () => Each(c => c.Bulkhead?.CurrentQueuedCount ?? 0), "{call}", "Calls that wait.");
        meter.CreateObservableCounter("shop.grpc_client.bulkhead.rejected", () => Each(c => c.Bulkhead?.TotalFailedLeases ?? 0), "{call}", "Calls refused.");
    }

    public void Watch(UpstreamCircuit circuit) => _circuits.Add(circuit);

    public void Ended(string upstream, string method, StatusCode status, TimeSpan took)
    {
        if (!_duration.Enabled)
            return;

        _duration.Record(took.TotalSeconds, new TagList { { "upstream", upstream }, { "rpc.method", method }, { "rpc.grpc.status_code", (int)status } });
    }

    private IEnumerable<Measurement<long>> Each(Func<UpstreamCircuit, long> read) =>
        _circuits.Select(circuit => new Measurement<long>(read(circuit), new KeyValuePair<string, object?>("upstream", circuit.Name)));
}
