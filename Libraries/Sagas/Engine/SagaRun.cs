using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shop.Persistence.Workers;
using Shop.Sagas.Definition;
using Shop.Sagas.Store;
using Shop.Sagas.Telemetry;

namespace Shop.Sagas.Engine;

/// <summary>
/// One replica's turn with one saga: step after step, until it ends, must wait, or is lost to another replica. What is done is carried along and written when something
/// depends on it: before the pivot is begun, before anything is undone, before the saga is given up, and with its end. A step whose outcome was lost with its process is
/// repeated, and answers the same.
/// </summary>
internal sealed partial class SagaRun(SagaClaim claim, SagaDefinition saga, ISagaJournal journal, SagaOptions options, TimeProvider clock, ILogger logger)
{
    private const string TimedOut = "timed_out";

    private readonly SagaLogBuffer _notes = new(claim, journal, clock);
    private readonly object _state = saga.ReadState(claim.State);
    private string _json = claim.State;
    private int _attempts = claim.Attempts;
    private string? _reason = claim.Reason;
    private bool _back = claim.IsCompensating;
    private int _index;
    /// <summary>The step that the saga's row tells.</summary>
    private int _written;

    private TimeSpan TimeLeft => claim.TimeLeft - clock.GetElapsedTime(claim.ClaimedAt);

    private bool MayTurnBack => !_back && !(_index >= saga.Pivot);

    /// <summary>Returns how long the saga waits until its next attempt; null when it has ended or is given back.</summary>
    public async Task<TimeSpan?> RunAsync(CancellationToken stopping, CancellationToken abandon)
    {
        _written = _index = StartIndex();
        while (!stopping.IsCancellationRequested)
        {
            _index = _back ? saga.NextBack(_index, _state) : saga.NextForward(_index, _state);
            if (_back ? _index < 0 : _index >= saga.Steps.Count)
                return await EndAsync(abandon);

            var step = saga.Steps[_index];
            if (MayTurnBack && TimeLeft <= TimeSpan.Zero)
            {
                await StartCompensationAsync(TimedOut, Line(step.Name, TimedOut), abandon);
                continue;
            }
            // Nobody else may have it while a step runs; and nobody may find it before its pivot once that is begun.
            if (_notes.LeaseAge > options.Lease - options.StepTimeout || (!_back && _index >= saga.Pivot && _written < saga.Pivot))
                await WriteAsync(Progress(), abandon);

            var result = await TryAsync(step, abandon);
            var line = Line(step.Name, OutcomeOf(result)) with { Error = result.Reason, Duration = result.Duration, TraceId = result.TraceId };
            if (result.Outcome is StepOutcome.Done)
                await GoOnAsync(line with { Error = null }, abandon);
            else if (result.Outcome is StepOutcome.Refused && !_back && !(_index > saga.Pivot))
                await StartCompensationAsync(result.Reason, line, abandon);
            else
                return await RetryLaterAsync(line, result, abandon);
        }
        // Another goes on from here, and need not repeat anything.
        await WriteAsync(Progress() with { RetryAfter = TimeSpan.Zero }, abandon);
        return null;
    }

    private int StartIndex() => claim.Step is not { } name ? 0
        // An operator may turn a saga back that is about to finish.
        : name == saga.Finish.Name ? (_back ? saga.Steps.Count - 1 : saga.Steps.Count)
        : name == saga.OnFailure.Name ? -1
        : saga.IndexOf(name);

    private async Task<Attempt> TryAsync(SagaStep step, CancellationToken abandon)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        limit.CancelAfter(options.StepTimeout);
        var attempt = AttemptAsync(step, limit.Token, abandon);
        if (_notes.HasBuffered)
            await WriteIfSlowAsync(attempt, limit, abandon);
        return await attempt;
    }

    private async Task<Attempt> AttemptAsync(SagaStep step, CancellationToken limit, CancellationToken abandon)
    {
        using var span = SagaTelemetry.StartStep(saga.Type, step.Name, _back);
        var begun = clock.GetTimestamp();
        try
        {
            var action = _back ? step.Undo! : step.Do;
            var result = await action(_state, Context(step.Name, _back), limit);
            return Report(new(result.Outcome, result.Reason, result.After, null, clock.GetElapsedTime(begun), span?.TraceId.ToHexString()));
        }
        catch (Exception failure) when (!abandon.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            return Report(new(null, failure.Message, null, failure, clock.GetElapsedTime(begun), span?.TraceId.ToHexString()));
        }

        Attempt Report(Attempt attempt)
        {
            SagaTelemetry.StepDone(saga.Type, step.Name, _back, attempt);
            return attempt;
        }
    }

    /// <summary>A step that keeps the saga waiting leaves time to write what came before it: operators see where it hangs, and a crash repeats less.</summary>
    private async Task WriteIfSlowAsync(Task attempt, CancellationTokenSource limit, CancellationToken abandon)
    {
        await attempt.WaitAsync(options.CarryFor, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (attempt.IsCompleted)
            return;
        try
        {
            // The state is that of the last outcome: the step in hand may be changing it.
            await WriteAsync(Progress(), abandon);
        }
        catch
        {
            // Lost: the step that is under way must not outlive its run.
            await limit.CancelAsync();
            await attempt.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task GoOnAsync(SagaLogEntry line, CancellationToken abandon)
    {
        _index = _back ? saga.NextBack(_index - 1, _state) : saga.NextForward(_index + 1, _state);
        _json = saga.WriteState(_state);
        _attempts = 0;
        if (!journal.HasChanges)
        {
            _notes.Buffer(line);
            return;
        }
        await _notes.CommitAsync(_ => Task.CompletedTask, () => Progress() with { Lines = [line] }, abandon);
        _written = _index;
    }

    /// <summary>Written before it is acted on: a saga that has begun to undo never goes forward again.</summary>
    private async Task StartCompensationAsync(string? reason, SagaLogEntry line, CancellationToken abandon)
    {
        journal.Discard();
        _index = FirstBack();
        (_reason, _back, _attempts) = (reason, true, 0);
        await WriteAsync(Progress() with { Lines = [line] }, abandon);
    }

    /// <summary>Not known, not yet, or a refusal where there is no way back: the saga gives up its lease and is due again later.</summary>
    private async Task<TimeSpan?> RetryLaterAsync(SagaLogEntry line, Attempt result, CancellationToken abandon)
    {
        journal.Discard();
        var delay = result.After ?? Backoff.Delay(_attempts + 1, options.FirstRetry, options.LongestRetry);
        if (MayTurnBack && delay > TimeLeft)
            delay = TimeLeft > TimeSpan.Zero ? TimeLeft : TimeSpan.Zero;   // the deadline is kept, whatever the wait
        if (result.Outcome is not StepOutcome.RetryAfter)
            LogRetry(result.Failure, saga.Type, claim.Id, line.Step, _back ? "undo" : "do", _attempts + 1, line.Outcome, delay.TotalSeconds);

        await WriteAsync(Progress() with { Attempts = _attempts + 1, RetryAfter = delay, Lines = [line] }, abandon);
        return delay;
    }

    /// <summary>The local transaction that ends the saga: what it changes, its events and the saga's end are one commit.</summary>
    private async Task<TimeSpan?> EndAsync(CancellationToken abandon)
    {
        var (name, end) = _back ? saga.OnFailure : saga.Finish;
        var status = _back ? SagaStatus.Compensated : SagaStatus.Completed;
        var begun = clock.GetTimestamp();
        using var span = SagaTelemetry.StartStep(saga.Type, name, isUndo: false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        limit.CancelAfter(options.StepTimeout);
        try
        {
            await _notes.CommitAsync(cancel => end?.Invoke(_state, Context(name, isUndo: false), cancel) ?? Task.CompletedTask, () =>
            {
                _json = saga.WriteState(_state);
                var line = Line(name, "done", isUndo: false) with { Duration = clock.GetElapsedTime(begun), TraceId = span?.TraceId.ToHexString() };
                return Progress() with { Next = null, Status = status, Attempts = 0, Lines = [line] };
            }, limit.Token);
            SagaTelemetry.SagaEnded(saga.Type, status, claim.TimeLeft - TimeLeft);
            LogEnded(saga.Type, claim.Id, SagaStatusNames.Of(status), (saga.Within - TimeLeft).TotalSeconds, _reason ?? "no failure");
            return null;
        }
        catch (Exception failure) when (failure is not SagaLostException && !abandon.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            var attempt = new Attempt(null, failure.Message, null, failure, clock.GetElapsedTime(begun), span?.TraceId.ToHexString());
            var line = Line(name, "failed") with { Error = attempt.Reason, Duration = attempt.Duration, TraceId = attempt.TraceId };
            return await RetryLaterAsync(line, attempt, abandon);
        }
    }

    private async Task WriteAsync(SagaProgress progress, CancellationToken cancel)
    {
        await _notes.WriteAsync(progress, cancel);
        _written = _index;
    }

    /// <summary>
    /// Where compensation begins: with the last step that may have been attempted. That is the step in hand if an earlier attempt of it was left open, even if this one
    /// was refused: the other may still arrive, and the undo must be there first. And it is every step up to the pivot if a process died that has not said how far it came.
    /// </summary>
    private int FirstBack()
    {
        var last = claim.InDoubt ? Math.Max(_index, saga.LastBeforePivot) : _attempts > 0 ? _index : _index - 1;
        return saga.NextBack(last, _state);
    }

    /// <summary>The saga's row as it is now, with the step in hand to be run next.</summary>
    private SagaProgress Progress() => new()
    {
        Id = claim.Id,
        Version = claim.Version,
        State = _json,
        Next = _back ? BackName(_index) : ForwardName(_index),
        Status = _back ? SagaStatus.Compensating : SagaStatus.Running,
        Reason = _reason,
        Attempts = _attempts,
    };

    private SagaLogEntry Line(string step, string outcome) => Line(step, outcome, _back);

    private SagaLogEntry Line(string step, string outcome, bool isUndo) => new()
    {
        Step = step,
        IsUndo = isUndo,
        Attempt = _attempts + 1,
        Outcome = outcome,
        EndedAt = clock.GetTimestamp(),
    };

    private StepContext Context(string step, bool isUndo) => new()
    {
        SagaId = claim.Id,
        Saga = saga.Type,
        Step = step,
        IsUndo = isUndo,
        Attempt = _attempts + 1,
        MayHaveRun = claim.InDoubt || _attempts > 0,
        Deadline = clock.GetUtcNow() + TimeLeft,
        Reason = _reason,
    };

    private string ForwardName(int index) => index < saga.Steps.Count ? saga.Steps[index].Name : saga.Finish.Name;

    private string BackName(int index) => index >= 0 ? saga.Steps[index].Name : saga.OnFailure.Name;

    private static string OutcomeOf(Attempt attempt) => attempt.Outcome switch
    {
        StepOutcome.Done => "done",
        StepOutcome.RetryAfter => "again",
        StepOutcome.Refused => "refused",
        _ => "failed",
    };

    [LoggerMessage(LogLevel.Information, "{Saga} {Id} {Status} after {Seconds:0.000} s: {Reason}")]
    private partial void LogEnded(string saga, Guid id, string status, double seconds, string reason);

    [LoggerMessage(LogLevel.Warning, "{Saga} {Id}: {Step} ({Direction}), attempt {Attempt} {Outcome}, again in {Seconds:0.00} s")]
    private partial void LogRetry(Exception? failure, string saga, Guid id, string step, string direction, int attempt, string outcome, double seconds);
}
