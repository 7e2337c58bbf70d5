using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.Telemetry;

namespace Shop.ServiceDefaults.Callees;

/// <summary>One bulkhead and breaker per callee, also where several clients call it.</summary>
internal sealed class CalleeCircuits(
    IOptionsMonitor<CalleeOptions> options, CalleeMetrics metrics, TimeProvider clock, IOptions<TelemetryOptions> telemetry, ILoggerFactory loggers) : IDisposable
{
    private readonly TelemetryOptions _telemetry = new(telemetry.Value) { LoggerFactory = loggers };
    private readonly ConcurrentDictionary<string, Lazy<CalleeCircuit>> _circuits = new();

    public CalleeCircuit Of(string name) => _circuits.GetOrAdd(name, key => new(() => Create(key))).Value;

    public void Dispose()
    {
        foreach (var circuit in _circuits.Values)
            circuit.Value.Dispose();
    }

    private CalleeCircuit Create(string name)
    {
        var circuit = new CalleeCircuit(name, options.Get(name), clock, _telemetry);
        metrics.Watch(circuit);
        return circuit;
    }
}
