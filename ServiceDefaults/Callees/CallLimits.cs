using Grpc.Core;

namespace Shop.ServiceDefaults.Callees;

/// <summary>When one call ends at the latest, and who may end it earlier.</summary>
internal readonly struct CallLimits : IDisposable
{
    private readonly CancellationTokenSource? _linked;

    private CallLimits(DateTime deadline, bool isFair, CancellationTokenSource? linked, CancellationToken cancelled)
    {
        Deadline = deadline;
        IsFair = isFair;
        Cancelled = cancelled;
        _linked = linked;
    }

    public DateTime Deadline { get; }

    /// <summary>Whether the callee has time enough to be blamed if there is no answer. Who is asked in the last millisecond is not.</summary>
    public bool IsFair { get; }

    public CancellationToken Cancelled { get; }

    /// <param name="fairTime">So much is enough, whatever the time-out.</param>
    public static CallLimits Of(CallOptions call, IncomingCall incoming, TimeSpan timeout, TimeSpan fairTime, TimeProvider clock)
    {
        var (incomingDeadline, givenUp) = incoming.Limits();
        var now = clock.GetUtcNow().UtcDateTime;
        var own = now + timeout;
        var given = call.Deadline is { } deadline && deadline < incomingDeadline ? deadline : incomingDeadline;
        var ends = own <= given ? own : given;
        var isFair = own <= given || given - now >= fairTime;

        // Mostly the code passes the incoming call's own token, and one side is enough.
        if (!givenUp.CanBeCanceled || givenUp == call.CancellationToken)
            return new CallLimits(ends, isFair, null, call.CancellationToken);
        if (!call.CancellationToken.CanBeCanceled)
            return new CallLimits(ends, isFair, null, givenUp);

        var linked = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, givenUp);
        return new CallLimits(ends, isFair, linked, linked.Token);
    }

    public void Dispose() => _linked?.Dispose();
}
