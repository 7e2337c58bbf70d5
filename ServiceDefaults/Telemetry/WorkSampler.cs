using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;
using Shop.ServiceDefaults.Endpoints;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Samples new traces. Work starts with a request, a message or a span of the shop, and is traced within the budget: all of it at interactive rates, a part of it under
/// load, when tracing would cost a sixth of the work itself. A trace that would start with a client call is background work (outbox polls, leases, health checks, keys)
/// and is dropped.
/// </summary>
internal sealed class WorkSampler(IOptions<TracingOptions> options) : Sampler
{
    private const string MethodTag = "http.request.method";

    private readonly TokenBucketRateLimiter _reads = Budget(options.Value);
    private readonly TokenBucketRateLimiter _work = Budget(options.Value);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.Kind == ActivityKind.Client)
            return new(SamplingDecision.Drop);

        var budget = IsRead(samplingParameters) ? _reads : _work;
        budget.TryReplenish();
        using var lease = budget.AttemptAcquire();
        return new(lease.IsAcquired ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }

    private static bool IsRead(in SamplingParameters parameters)
    {
        foreach (var (name, value) in parameters.Tags ?? [])
        {
            if (name == MethodTag)
                return value is string method && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method));
        }
        return false;
    }

    private static TokenBucketRateLimiter Budget(TracingOptions options) => new(new()
    {
        TokenLimit = options.AtOnce,
        TokensPerPeriod = options.PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        // Replenished on demand: no timer while idle.
        AutoReplenishment = false,
        QueueLimit = 0,
    });
}
