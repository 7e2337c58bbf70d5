using Grpc.Core;

namespace Shop.GrpcClients.Calls;

/// <summary>The deadline of one call, and the tokens that cancel it.</summary>
internal readonly struct CallLimits : IDisposable
{
    private readonly CancellationTokenSource? _linked;

    private CallLimits(DateTime deadline, CancellationTokenSource? linked, CancellationToken cancelled)
    {
        Deadline = deadline;
        Cancelled = cancelled;
        _linked = linked;
    }

    public DateTime Deadline { get; }

    public CancellationToken Cancelled { get; }

    /// <param name="longest">The longest time that the upstream's options allow, with the wait for a permit.</param>
    public static CallLimits Of(CallOptions call, IncomingCall incoming, TimeSpan longest, TimeProvider clock)
    {
        var (incomingDeadline, incomingCancelled) = incoming.Limits();
        var given = call.Deadline is { } deadline && deadline < incomingDeadline ? deadline : incomingDeadline;
        var ends = Earlier(clock.GetUtcNow().UtcDateTime + longest, given);

        // Code usually passes the incoming call's own token: then no linked token is needed.
        if (!incomingCancelled.CanBeCanceled || incomingCancelled == call.CancellationToken)
            return new CallLimits(ends, null, call.CancellationToken);
        if (!call.CancellationToken.CanBeCanceled)
            return new CallLimits(ends, null, incomingCancelled);

        var linked = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, incomingCancelled);
        return new CallLimits(ends, linked, linked.Token);
    }

    /// <summary>The deadline of the call itself, once it has a permit.</summary>
    public DateTime DeadlineWithin(TimeSpan timeout, DateTime now) => Earlier(now + timeout, Deadline);

    public void Dispose() => _linked?.Dispose();

    private static DateTime Earlier(DateTime one, DateTime other) => one <= other ? one : other;
}
