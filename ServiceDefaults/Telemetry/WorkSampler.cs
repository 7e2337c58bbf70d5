using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Decides which traces begin here. Work that somebody asked for begins with a request, a message or a span of ours, and is traced as long as the budget lasts:
/// all of it at the pace of people, some of it under load, when traces would cost a sixth of the work itself.
/// A trace that would begin with a call to something else is housekeeping (polls of the outbox, leases, health checks, keys) and dropped.
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
        // Filled up when somebody asks: no timer while nobody does.
        AutoReplenishment = false,
        QueueLimit = 0,
    });
}
