using Grpc.Core;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>What the proxy does with the calls of one order, and what it has seen of them. Thread-safe.</summary>
internal sealed class OrderScript(string orderId, Row row, Fault? fault)
{
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<string> _seen = [];
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _killing;
    private int _applied;
    private bool _holdsNext;

    public string OrderId => orderId;

    /// <summary>The call, or the one after it, waits at the proxy for what the test does next.</summary>
    public bool IsHeld => _held.Task.IsCompleted;

    /// <summary>How often the fault took place.</summary>
    public int Applied => _applied;

    /// <summary>What was seen of the order, for a failure's message.</summary>
    public string Seen
    {
        get
        {
            lock (_seen)
                return string.Join("; ", _seen);
        }
    }

    public int CallsOf(string method)
    {
        lock (_counts)
            return _counts.GetValueOrDefault(method);
    }

    /// <summary>From now on a caller that is gone was killed.</summary>
    public void Kill() => _killing = true;

    /// <summary>What was to be killed is dead: the call goes on.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>The test applies the fault itself, where no call is: between two commits, or after the end.</summary>
    public void Apply() => Interlocked.Increment(ref _applied);

    /// <summary>Null: no answer, because the caller is gone.</summary>
    public async Task<GrpcAnswer?> CallAsync(string method, Func<Task<GrpcAnswer>> forward, CancellationToken gone)
    {
        var count = Count(method);
        Note($"{method.Split('/')[^1]} {count}");
        if (row.Trigger is { } trigger && method == trigger.Method && count <= trigger.Answers.Count)
            return await trigger.Answers[count - 1](forward);
        if (fault is { } planned && method == row.HeldAt && count == 1)
            return await ApplyAsync(planned, forward, gone);
        if (_holdsNext && !IsHeld)
            return await HoldUntilKilledAsync(gone);

        return await PassAsync(forward);
    }

    private async Task<GrpcAnswer?> ApplyAsync(Fault planned, Func<Task<GrpcAnswer>> forward, CancellationToken gone)
    {
        if (row.IsLocal && planned == Fault.OrderingKilledStored && !row.Expected.ParcelLeaves)
            return await PassAsync(forward);
        if (row.IsLocal || (planned == Fault.Refused && row.RefusedByUpstream))
            return await HoldUntilReleasedAsync(forward, !row.IsLocal, gone);

        switch (planned)
        {
            case Fault.Refused:
                Apply();
                return GrpcAnswer.Failure(StatusCode.FailedPrecondition, "Refused by the test.", row.Refusal);
            case Fault.Transient:
                Apply();
                return GrpcAnswer.Failure(StatusCode.Unavailable, "Made unavailable by the test.");
            case Fault.TimeoutBefore:
                await GoneAsync(gone);
                Apply();
                return null;
            case Fault.TimeoutAfter:
                if ((await PassAsync(forward)).Status != StatusCode.OK)
                    return null;
                await GoneAsync(gone);
                Apply();
                return null;
            case Fault.OrderingKilledBefore:
                return await HoldUntilKilledAsync(gone);
            case Fault.OrderingKilledAfter:
                return (await PassAsync(forward)).Status == StatusCode.OK ? await HoldUntilKilledAsync(gone) : null;
            case Fault.OrderingKilledStored:
                var answer = await PassAsync(forward);
                _holdsNext = answer.Status == StatusCode.OK;
                return answer;
            case Fault.UpstreamKilledBefore or Fault.DatabaseRestartedBefore:
                return await HoldUntilReleasedAsync(forward, true, gone);
            default:
                return await HoldAnswerAsync(planned, forward, gone);
        }
    }

    private async Task<GrpcAnswer?> HoldAnswerAsync(Fault planned, Func<Task<GrpcAnswer>> forward, CancellationToken gone)
    {
        var answer = await PassAsync(forward);
        if (answer.Status != StatusCode.OK)
            return answer;

        _held.TrySetResult();
        await _released.Task.WaitAsync(gone);
        Apply();
        return planned == Fault.UpstreamKilledAfter ? GrpcAnswer.Failure(StatusCode.Unavailable, "The upstream died before it answered.") : answer;
    }

    private async Task<GrpcAnswer?> HoldUntilReleasedAsync(Func<Task<GrpcAnswer>> forward, bool counts, CancellationToken gone)
    {
        _held.TrySetResult();
        await _released.Task.WaitAsync(gone);
        var answer = await PassAsync(forward);
        // The upstream is dead, or refuses without the fault: if it succeeds, the fault did not take place.
        if (counts && (fault is not (Fault.UpstreamKilledBefore or Fault.Refused) || answer.Status != StatusCode.OK))
            Apply();
        return answer;
    }

    private async Task<GrpcAnswer?> HoldUntilKilledAsync(CancellationToken gone)
    {
        _held.TrySetResult();
        await GoneAsync(gone);
        if (_killing)
            Apply();
        else
            Note("the caller gave up before it was killed");
        return null;
    }

    private async Task<GrpcAnswer> PassAsync(Func<Task<GrpcAnswer>> forward)
    {
        var answer = await forward();
        Note($"→ {answer.Status}");
        return answer;
    }

    private int Count(string method)
    {
        lock (_counts)
            return _counts[method] = _counts.GetValueOrDefault(method) + 1;
    }

    private void Note(string what)
    {
        lock (_seen)
            _seen.Add(what);
    }

    private static Task GoneAsync(CancellationToken gone) =>
        Task.Delay(Timeout.InfiniteTimeSpan, gone).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
