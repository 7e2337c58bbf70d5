using Grpc.Core;

namespace Shop.ServiceDefaults.Callees;

/// <summary>When one call ends at the latest, and who may end it earlier.</summary>
internal readonly struct CallLimits : IDisposable
{
    private readonly CancellationTokenSource? _linked;

    private CallLimits(DateTime deadline, bool isOwnTimeout, CancellationTokenSource? linked, CancellationToken cancelled)
    {
        Deadline = deadline;
        IsOwnTimeout = isOwnTimeout;
        Cancelled = cancelled;
        _linked = linked;
    }

    public DateTime Deadline { get; }

    /// <summary>Whether the callee had all the time that it is given. Who is asked in the last millisecond is not to blame.</summary>
    public bool IsOwnTimeout { get; }

    public CancellationToken Cancelled { get; }

    public static CallLimits Of(CallOptions call, IncomingCall incoming, TimeSpan timeout, TimeProvider clock)
    {
        var (incomingDeadline, givenUp) = incoming.Limits();
        var own = clock.GetUtcNow().UtcDateTime + timeout;
        var given = call.Deadline is { } deadline && deadline < incomingDeadline ? deadline : incomingDeadline;
        var isOwn = own <= given;

        // Mostly the code passes the incoming call's own token, and one side is enough.
        if (!givenUp.CanBeCanceled || givenUp == call.CancellationToken)
            return new CallLimits(isOwn ? own : given, isOwn, null, call.CancellationToken);
        if (!call.CancellationToken.CanBeCanceled)
            return new CallLimits(isOwn ? own : given, isOwn, null, givenUp);

        var linked = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, givenUp);
        return new CallLimits(isOwn ? own : given, isOwn, linked, linked.Token);
    }

    public void Dispose() => _linked?.Dispose();
}
