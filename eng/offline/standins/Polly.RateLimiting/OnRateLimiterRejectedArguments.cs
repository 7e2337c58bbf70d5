using System.Threading.RateLimiting;

namespace Polly.RateLimiting;

#pragma warning disable CA1815 // The official type has no equality either.

public readonly struct OnRateLimiterRejectedArguments(ResilienceContext context, RateLimitLease lease)
{
    public ResilienceContext Context { get; } = context;

    public RateLimitLease Lease { get; } = lease;
}
