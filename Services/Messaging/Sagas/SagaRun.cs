using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shop.Messaging.Telemetry;

namespace Shop.Messaging.SagaEngine;

/// <summary>
/// One replica's turn with one saga: step after step, until it ends, must wait, or is lost to another replica. Each outcome is committed before the next step begins:
/// a decision to turn back, above all, is never acted on before it is written.
/// </summary>
internal sealed partial class SagaRun(SagaClaim claim, SagaDefinition saga, ISagaJournal journal, SagaOptions options, TimeProvider clock, ILogger logger)
{
    private const string TimedOut = "timed_out";

    private readonly object _state = saga.ReadState(claim.State);
    private string _json = claim.State;
    private long _version = claim.Version;
    private long _leasedAt = claim.ClaimedAt;
    private int _attempts = claim.Attempts;
    private string? _reason = claim.Reason;
    // Whoever had this saga before may have been killed in the middle of this step.
    private bool _takenOver = claim.Version > 0;

    private TimeSpan TimeLeft => claim.TimeLeft - clock.GetElapsedTime(claim.ClaimedAt);

    /// <summary>Returns how long the saga waits until its next attempt; null when it has ended or is given back.</summary>
    public async Task<TimeSpan?> RunAsync(CancellationToken stopping, CancellationToken abandon)
    {
        var back = claim.IsCompensating;
        var index = claim.Step is not { } name ? 0
            // An operator may turn a saga back that is about to finish.
            : name == saga.Finish.Name ? (back ? saga.Steps.Count - 1 : saga.Steps.Count)
            : name == saga.OnFailure.Name ? -1
            : saga.IndexOf(name);

        while (!stopping.IsCancellationRequested)
        {
            // Nobody else may have it while a step runs.
            if (clock.GetElapsedTime(_leasedAt) > options.Lease - options.StepTimeout)
                return null;

            index = back ? saga.NextBack(index, _state) : saga.NextForward(index, _state);
            if (back ? index < 0 : index >= saga.Steps.Count)
                return await EndAsync(back, abandon);

            var step = saga.Steps[index];
            if (!back && TimeLeft <= TimeSpan.Zero && !(index >= saga.Pivot))
            {
                (_reason, back) = (TimedOut, true);
                index = FirstBack(index);
                await WriteAsync(Progress(step.Name, isUndo: false, TimedOut, next: BackName(index), SagaStatus.Compensating), abandon);
                continue;
            }

            var result = await TryAsync(step, back, abandon);
            switch (result.Outcome)
            {
                case StepOutcome.Done:
                    index = back ? saga.NextBack(index - 1, _state) : saga.NextForward(index + 1, _state);
                    _json = saga.WriteState(_state);
                    await WriteAsync(Progress(step.Name, back, "done", back ? BackName(index) : ForwardName(index), back ? SagaStatus.Compensating : SagaStatus.Running) with
                    {
                        Duration = result.Duration,
                        TraceId = result.TraceId,
                    }, abandon);
                    break;

                case StepOutcome.Refused when !back && !(index > saga.Pivot):
                    (_reason, back) = (result.Reason, true);
                    index = FirstBack(index);
                    journal.Discard();
                    await WriteAsync(Progress(step.Name, isUndo: false, "refused", BackName(index), SagaStatus.Compensating) with
                    {
                        Error = result.Reason,
                        Duration = result.Duration,
                        TraceId = result.TraceId,
                    }, abandon);
                    break;

                default:
                    return await RetryLaterAsync(step.Name, back, canTimeOut: !back && !(index >= saga.Pivot), result, abandon);
            }
        }
        return null;
    }

    private async Task<Attempt> TryAsync(SagaStep step, bool back, CancellationToken abandon)
    {
        using var span = SagaTelemetry.StartStep(saga.Type, step.Name, back);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        limit.CancelAfter(options.StepTimeout);
        var begun = clock.GetTimestamp();
        try
        {
            var action = back ? step.Undo! : step.Do;
            var result = await action(_state, Context(step.Name, back), limit.Token);
            return Report(new(result.Outcome, result.Reason, result.After, null, clock.GetElapsedTime(begun), span?.TraceId.ToHexString()));
        }
        catch (Exception failure) when (!abandon.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            return Report(new(null, failure.Message, null, failure, clock.GetElapsedTime(begun), span?.TraceId.ToHexString()));
        }

        Attempt Report(Attempt attempt)
        {
            SagaTelemetry.StepDone(saga.Type, step.Name, back, attempt);
            return attempt;
        }
    }

    /// <summary>Not known, not yet, or a refusal where there is no way back: the saga gives up its lease and is due again later.</summary>
    private async Task<TimeSpan?> RetryLaterAsync(string step, bool back, bool canTimeOut, Attempt result, CancellationToken abandon)
    {
        journal.Discard();
        var outcome = result.Outcome switch { StepOutcome.Again => "again", StepOutcome.Refused => "refused", _ => "failed" };
        var delay = result.After ?? Backoff.Delay(_attempts + 1, options.FirstRetry, options.LongestRetry);
        if (canTimeOut && delay > TimeLeft)
            delay = TimeLeft > TimeSpan.Zero ? TimeLeft : TimeSpan.Zero;   // the deadline is kept, whatever the wait
        if (outcome != "again")
            LogRetry(result.Failure, saga.Type, claim.Id, step, back ? "undo" : "do", _attempts + 1, outcome, delay.TotalSeconds);

        await WriteAsync(Progress(step, back, outcome, step, back ? SagaStatus.Compensating : SagaStatus.Running) with
        {
            Error = result.Reason,
            Duration = result.Duration,
            TraceId = result.TraceId,
            Attempts = _attempts + 1,
            RetryAfter = delay,
        }, abandon);
        return delay;
    }

    /// <summary>The local transaction that ends the saga: what it changes, its events and the saga's end are one commit.</summary>
    private async Task<TimeSpan?> EndAsync(bool failed, CancellationToken abandon)
    {
        var (name, end) = failed ? saga.OnFailure : saga.Finish;
        var status = failed ? SagaStatus.Compensated : SagaStatus.Completed;
        var begun = clock.GetTimestamp();
        using var span = SagaTelemetry.StartStep(saga.Type, name, isUndo: false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        limit.CancelAfter(options.StepTimeout);
        try
        {
            await journal.EndAsync(cancel => end?.Invoke(_state, Context(name, isUndo: false), cancel) ?? Task.CompletedTask, () =>
            {
                _json = saga.WriteState(_state);
                return Progress(name, isUndo: false, "done", next: null, status) with { Duration = clock.GetElapsedTime(begun), TraceId = span?.TraceId.ToHexString() };
            }, limit.Token);
            SagaTelemetry.SagaEnded(saga.Type, status, claim.TimeLeft - TimeLeft);
            LogEnded(saga.Type, claim.Id, SagaStatusNames.Of(status), (saga.Within - TimeLeft).TotalSeconds, _reason ?? "no failure");
            return null;
        }
        catch (Exception failure) when (failure is not SagaLostException && !abandon.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            return await RetryLaterAsync(name, failed, canTimeOut: false, new(null, failure.Message, null, failure, clock.GetElapsedTime(begun), span?.TraceId.ToHexString()), abandon);
        }
    }

    private async Task WriteAsync(SagaProgress progress, CancellationToken cancel)
    {
        await journal.WriteAsync(progress, cancel);
        _version++;
        _attempts = progress.Attempts;
        _leasedAt = clock.GetTimestamp();
        _takenOver = false;
    }

    /// <summary>
    /// Where compensation begins. With the step in hand if an earlier attempt of it was left open, even if this one was refused: the other may still arrive, and the undo
    /// must be there first.
    /// </summary>
    private int FirstBack(int index) => saga.NextBack(_takenOver || _attempts > 0 ? index : index - 1, _state);

    private SagaProgress Progress(string step, bool isUndo, string outcome, string? next, SagaStatus status) => new()
    {
        Id = claim.Id,
        Version = _version,
        State = _json,
        Next = next,
        Status = status,
        Reason = _reason,
        Attempts = 0,
        Step = step,
        IsUndo = isUndo,
        Attempt = _attempts + 1,
        Outcome = outcome,
        Duration = TimeSpan.Zero,
    };

    private StepContext Context(string step, bool isUndo) => new()
    {
        SagaId = claim.Id,
        Saga = saga.Type,
        Step = step,
        IsUndo = isUndo,
        Attempt = _attempts + 1,
        Deadline = clock.GetUtcNow() + TimeLeft,
        Reason = _reason,
    };

    private string ForwardName(int index) => index < saga.Steps.Count ? saga.Steps[index].Name : saga.Finish.Name;

    private string BackName(int index) => index >= 0 ? saga.Steps[index].Name : saga.OnFailure.Name;

    [LoggerMessage(LogLevel.Information, "{Saga} {Id} {Status} after {Seconds:0.000} s: {Reason}")]
    private partial void LogEnded(string saga, Guid id, string status, double seconds, string reason);

    [LoggerMessage(LogLevel.Warning, "{Saga} {Id}: {Step} ({Direction}), attempt {Attempt} {Outcome}, again in {Seconds:0.00} s")]
    private partial void LogRetry(Exception? failure, string saga, Guid id, string step, string direction, int attempt, string outcome, double seconds);
}
