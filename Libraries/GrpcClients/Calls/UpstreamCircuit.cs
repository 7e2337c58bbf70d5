using System.Threading.RateLimiting;
using Grpc.Core;
using Polly;
using Polly.CircuitBreaker;
using Polly.Telemetry;

namespace Shop.GrpcClients.Calls;

/// <summary>
/// Bulkhead and circuit breaker of one upstream. They act on gRPC calls, not on HTTP requests: a gRPC failure is in the trailers of an HTTP 200. Thread-safe.
/// </summary>
internal sealed class UpstreamCircuit : IDisposable
{
    private static readonly ResiliencePropertyKey<bool> HadFairTime = new("had fair time");

    private readonly ConcurrencyLimiter _bulkhead;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _breaker;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _breakDuration;
    private long _opened;

    public UpstreamCircuit(string name, GrpcClientOptions options, TimeProvider clock, TelemetryOptions telemetry)
    {
        Name = name;
        _clock = clock;
        _breakDuration = options.BreakDuration;
        _bulkhead = new ConcurrencyLimiter(new() { PermitLimit = options.MaxConcurrentCalls, QueueLimit = options.MaxQueuedCalls });
        _breaker = new ResiliencePipelineBuilder { Name = name, TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinimumThroughput,
                SamplingDuration = options.SamplingDuration,
                BreakDuration = options.BreakDuration,
                StateProvider = _state,
                ShouldHandle = attempt => ValueTask.FromResult(IsUpstreamFailure(attempt.Outcome.Exception, attempt.Context)),
                OnOpened = _ =>
                {
                    Volatile.Write(ref _opened, clock.GetTimestamp());
                    return ValueTask.CompletedTask;
                },
            })
            .ConfigureTelemetry(telemetry)
            .Build();
    }

    public string Name { get; }

    /// <summary>Closed until the first call.</summary>
    public CircuitState State => _state.CircuitState;

    public RateLimiterStatistics? Bulkhead => _bulkhead.GetStatistics();

    /// <summary>
    /// Acquires a permit of the bulkhead, waiting until the deadline. When the breaker opens, the queue drains: each waiting call gets the permit of a failed one, is
    /// refused by the breaker, and releases the permit.
    /// </summary>
    public ValueTask<RateLimitLease> AcquireAsync(CallLimits limits)
    {
        var lease = _bulkhead.AttemptAcquire();
        return lease.IsAcquired ? ValueTask.FromResult(lease) : QueueAsync(limits);
    }

    /// <summary>Makes the call unless the breaker is open, and records its outcome.</summary>
    public async Task<TResponse> CallAsync<TState, TResponse>(Func<TState, Task<TResponse>> call, TState state, bool hadFairTime)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, CancellationToken.None);
        context.Properties.Set(HadFairTime, hadFairTime);
        try
        {
            return await _breaker.ExecuteAsync(
                static async (_, run) => await run.call(run.state).ConfigureAwait(false), context, (call, state)).ConfigureAwait(false);
        }
        catch (BrokenCircuitException failure)
        {
            throw UpstreamErrors.Open(Name, failure.RetryAfter);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// For streams, whose outcome is not recorded: the end of a long stream says nothing about the upstream's state now. Streams are allowed again after the break duration,
    /// although Polly becomes half-open only at the next unary call.
    /// </summary>
    public void ThrowIfOpen()
    {
        var left = _breakDuration - _clock.GetElapsedTime(Volatile.Read(ref _opened));
        if (State is CircuitState.Open && left > TimeSpan.Zero)
            throw UpstreamErrors.Open(Name, left);
    }

    public void Dispose() => _bulkhead.Dispose();

    private async ValueTask<RateLimitLease> QueueAsync(CallLimits limits)
    {
        var left = limits.Deadline - _clock.GetUtcNow().UtcDateTime;
        if (left <= TimeSpan.Zero)
            throw UpstreamErrors.DeadlineExceeded(Name);

        using var timeout = new CancellationTokenSource(left, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limits.Cancelled, timeout.Token);
        try
        {
            var lease = await _bulkhead.AcquireAsync(1, either.Token).ConfigureAwait(false);
            return lease.IsAcquired ? lease : throw UpstreamErrors.Full(Name);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw UpstreamErrors.DeadlineExceeded(Name);
        }
    }

    /// <summary>
    /// Failures that show a problem of the upstream. Business errors do not count, nor a cancelled call, nor a deadline that left too little time.
    /// </summary>
    private static bool IsUpstreamFailure(Exception? failure, ResilienceContext context) => failure is RpcException error && error.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown => true,
        StatusCode.DeadlineExceeded => context.Properties.GetValue(HadFairTime, true),
        _ => false,
    };
}
