namespace Polly.RateLimiting;

public sealed class RateLimiterRejectedException : ExecutionRejectedException
{
    private const string Rejected = "The operation could not be executed because it was rejected by the rate limiter.";

    public RateLimiterRejectedException()
        : base(Rejected)
    {
    }

    public RateLimiterRejectedException(TimeSpan retryAfter)
        : base($"{Rejected} It can be retried after '{retryAfter}'.") => RetryAfter = retryAfter;

    public RateLimiterRejectedException(string message)
        : base(message)
    {
    }

    public RateLimiterRejectedException(string message, TimeSpan retryAfter)
        : base(message) => RetryAfter = retryAfter;

    public RateLimiterRejectedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public RateLimiterRejectedException(string message, TimeSpan retryAfter, Exception inner)
        : base(message, inner) => RetryAfter = retryAfter;

    /// <summary>Null where the limiter does not know.</summary>
    public TimeSpan? RetryAfter { get; }
}
