using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.Telemetry;

namespace Shop.GrpcClients.Calls;

/// <summary>One bulkhead and breaker per upstream, shared by its clients.</summary>
internal sealed class UpstreamCircuits(
    IOptionsMonitor<GrpcClientOptions> options, UpstreamMetrics metrics, TimeProvider clock, IOptions<TelemetryOptions> telemetry, ILoggerFactory loggers) : IDisposable
{
    private readonly TelemetryOptions _telemetry = new(telemetry.Value) { LoggerFactory = loggers };
    private readonly ConcurrentDictionary<string, Lazy<UpstreamCircuit>> _circuits = new();

    public UpstreamCircuit Of(string name) => _circuits.GetOrAdd(name, key => new(() => Create(key))).Value;

    public void Dispose()
    {
        foreach (var circuit in _circuits.Values)
            circuit.Value.Dispose();
    }

    private UpstreamCircuit Create(string name)
    {
        var circuit = new UpstreamCircuit(name, options.Get(name), clock, _telemetry);
        metrics.Watch(circuit);
        return circuit;
    }
}
