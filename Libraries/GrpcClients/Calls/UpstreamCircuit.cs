using System.Threading.RateLimiting;
using Grpc.Core;
using Polly;
using Polly.CircuitBreaker;
using Polly.Telemetry;

namespace Shop.GrpcClients.Calls;

/// <summary>
/// Bulkhead and breaker of one upstream. They sit on the gRPC call and not on HTTP, because a gRPC failure travels in trailers below HTTP 200.
/// </summary>
internal sealed class UpstreamCircuit : IDisposable
{
    private static readonly ResiliencePropertyKey<bool> HadItsTime = new("upstream had its time");

    private readonly ConcurrencyLimiter _bulkhead;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _breaker;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _pause;
    private long _opened;

    public UpstreamCircuit(string name, GrpcClientOptions options, TimeProvider clock, TelemetryOptions telemetry)
    {
        Name = name;
        _clock = clock;
        _pause = options.BreakDuration;
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

    /// <summary>Until the first call Polly knows no state.</summary>
    public CircuitState State => _state.CircuitState;

    public RateLimiterStatistics? Bulkhead => _bulkhead.GetStatistics();

    /// <summary>
    /// A place among the calls under way, waiting for one as long as there is time. When the breaker opens nobody goes on waiting:
    /// each gets the place of one that failed, is refused, and leaves it to the next.
    /// </summary>
    public ValueTask<RateLimitLease> EnterAsync(CallLimits limits)
    {
        var lease = _bulkhead.AttemptAcquire();
        return lease.IsAcquired ? ValueTask.FromResult(lease) : QueueAsync(limits);
    }

    /// <summary>Makes the call unless the breaker is open, and judges how it ended.</summary>
    public async Task<TResponse> CallAsync<TState, TResponse>(Func<TState, Task<TResponse>> call, TState state, bool hadItsTime)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, CancellationToken.None);
        context.Properties.Set(HadItsTime, hadItsTime);
        try
        {
            return await _breaker.ExecuteAsync(
                static async (_, run) => await run.call(run.state).ConfigureAwait(false), context, (call, state)).ConfigureAwait(false);
        }
        catch (BrokenCircuitException broken)
        {
            throw UpstreamErrors.Open(Name, broken.RetryAfter);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// For streams, which are not judged: one that ends after hours says nothing about the upstream now. After the pause they go through:
    /// Polly moves on with a call only, and none may come.
    /// </summary>
    public void ThrowIfOpen()
    {
        var left = _pause - _clock.GetElapsedTime(Volatile.Read(ref _opened));
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
    /// Only what speaks of the upstream's health. Business answers never count, nor does a caller who gave up,
    /// nor a deadline of which the caller had left too little.
    /// </summary>
    private static bool IsUpstreamFailure(Exception? failure, ResilienceContext context) => failure is RpcException error && error.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown => true,
        StatusCode.DeadlineExceeded => context.Properties.GetValue(HadItsTime, true),
        _ => false,
    };
}
