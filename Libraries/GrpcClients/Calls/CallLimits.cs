using Grpc.Core;

namespace Shop.GrpcClients.Calls;

/// <summary>When one call ends at the latest, and who may end it earlier.</summary>
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

    /// <param name="longest">All that the upstream's options allow, a wait for a place included.</param>
    public static CallLimits Of(CallOptions call, IncomingCall incoming, TimeSpan longest, TimeProvider clock)
    {
        var (incomingDeadline, givenUp) = incoming.Limits();
        var given = call.Deadline is { } deadline && deadline < incomingDeadline ? deadline : incomingDeadline;
        var ends = Earlier(clock.GetUtcNow().UtcDateTime + longest, given);

        // Mostly the code passes the incoming call's own token, and one side is enough.
        if (!givenUp.CanBeCanceled || givenUp == call.CancellationToken)
            return new CallLimits(ends, null, call.CancellationToken);
        if (!call.CancellationToken.CanBeCanceled)
            return new CallLimits(ends, null, givenUp);

        var linked = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, givenUp);
        return new CallLimits(ends, linked, linked.Token);
    }

    /// <summary>What is left for the call itself, once it has a place.</summary>
    public DateTime DeadlineWithin(TimeSpan timeout, DateTime now) => Earlier(now + timeout, Deadline);

    public void Dispose() => _linked?.Dispose();

    private static DateTime Earlier(DateTime one, DateTime other) => one <= other ? one : other;
}
