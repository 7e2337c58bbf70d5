namespace Polly.RateLimiting;

#pragma warning disable CA1815 // The official type has no equality either.

public readonly struct RateLimiterArguments(ResilienceContext context)
{
    public ResilienceContext Context { get; } = context;
}
