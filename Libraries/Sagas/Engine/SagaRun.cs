using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shop.Persistence.Workers;
using Shop.Sagas.Definition;
using Shop.Sagas.Store;
using Shop.Sagas.Telemetry;

namespace Shop.Sagas.Engine;

/// <summary>
/// Runs one claimed saga step by step until it ends, must wait, or is taken over by another replica. Outcomes are buffered, and written before the pivot starts, before
/// a compensation starts, before the lease is released, and with the saga's end. A step whose outcome was lost in a crash is repeated; the upstream is idempotent.
/// </summary>
internal sealed partial class SagaRun(SagaClaim claim, SagaDefinition saga, ISagaJournal journal, SagaOptions options, TimeProvider clock, ILogger logger)
{
    private const string TimedOut = "timed_out";

    private readonly SagaLogBuffer _buffer = new(claim, journal, clock);
    private readonly object _state = saga.ReadState(claim.State);
    private string _json = claim.State;
    private int _attempts = claim.Attempts;
    private string? _reason = claim.Reason;
    private bool _compensating = claim.IsCompensating;
    private int _index;
    /// <summary>The step in the saga's row.</summary>
    private int _written;

    private TimeSpan TimeLeft => claim.TimeLeft - clock.GetElapsedTime(claim.ClaimedAt);

    private bool CanCompensate => !_compensating && !(_index >= saga.Pivot);

    /// <summary>Returns the delay until the saga's next attempt; null if it has ended or its lease was released.</summary>
    public async Task<TimeSpan?> RunAsync(CancellationToken stopping, CancellationToken abandon)
    {
        _written = _index = StartIndex();
        while (!stopping.IsCancellationRequested)
        {
            _index = _compensating ? saga.NextBack(_index, _state) : saga.NextForward(_index, _state);
            if (_compensating ? _index < 0 : _index >= saga.Steps.Count)
                return await EndAsync(abandon);

            var step = saga.Steps[_index];
            if (CanCompensate && TimeLeft <= TimeSpan.Zero)
            {
                await StartCompensationAsync(TimedOut, Entry(step.Name, TimedOut), abandon);
                continue;
            }
            // The lease must outlast the step; and the row must have reached the pivot before the pivot starts.
            if (_buffer.LeaseAge > options.Lease - options.StepTimeout || (!_compensating && _index >= saga.Pivot && _written < saga.Pivot))
                await WriteAsync(Progress(), abandon);

            var result = await TryAsync(step, abandon);
            var entry = Entry(step.Name, OutcomeOf(result)) with { Error = result.Reason, Duration = result.Duration, TraceId = result.TraceId };
            if (result.Outcome is StepOutcome.Done)
                await AdvanceAsync(entry with { Error = null }, abandon);
            else if (result.Outcome is StepOutcome.Refused && !_compensating && !(_index > saga.Pivot))
                await StartCompensationAsync(result.Reason, entry, abandon);
            else
                return await RetryLaterAsync(entry, result, abandon);
        }
        // Another replica continues from here without repeating a step.
        await WriteAsync(Progress() with { RetryAfter = TimeSpan.Zero }, abandon);
        return null;
    }

    private int StartIndex() => claim.Step is not { } name ? 0
        // An operator may start the compensation of a saga that is about to finish.
        : name == saga.Finish.Name ? (_compensating ? saga.Steps.Count - 1 : saga.Steps.Count)
        : name == saga.OnFailure.Name ? -1
        : saga.IndexOf(name);

    private async Task<Attempt> TryAsync(SagaStep step, CancellationToken abandon)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        limit.CancelAfter(options.StepTimeout);
        var attempt = AttemptAsync(step, limit.Token, abandon);
        if (_buffer.HasBuffered)
            await WriteIfSlowAsync(attempt, limit, abandon);
        return await attempt;
    }

    private async Task<Attempt> AttemptAsync(SagaStep step, CancellationToken limit, CancellationToken abandon)
    {
        using var span = SagaTelemetry.StartStep(saga.Type, step.Name, _compensating);
        var begun = clock.GetTimestamp();
        try
        {
            var action = _compensating ? step.Undo! : step.Do;
            var result = await action(_state, Context(step.Name, _compensating), limit);
            return Report(new(result.Outcome, result.Reason, result.After, null, clock.GetElapsedTime(begun), span?.TraceId.ToHexString()));
        }
        catch (Exception failure) when (!abandon.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            return Report(new(null, failure.Message, null, failure, clock.GetElapsedTime(begun), span?.TraceId.ToHexString()));
        }

        Attempt Report(Attempt attempt)
        {
            SagaTelemetry.StepDone(saga.Type, step.Name, _compensating, attempt);
            return attempt;
        }
    }

    /// <summary>Writes the buffered outcomes while a slow step runs: operators see where the saga waits, and a crash repeats fewer steps.</summary>
    private async Task WriteIfSlowAsync(Task attempt, CancellationTokenSource limit, CancellationToken abandon)
    {
        await attempt.WaitAsync(options.CarryFor, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (attempt.IsCompleted)
            return;
        try
        {
            // The state of the last outcome: the running step may be changing the current one.
            await WriteAsync(Progress(), abandon);
        }
        catch
        {
            // The saga was taken over: the running step is cancelled with its run.
            await limit.CancelAsync();
            await attempt.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task AdvanceAsync(SagaLogEntry entry, CancellationToken abandon)
    {
        _index = _compensating ? saga.NextBack(_index - 1, _state) : saga.NextForward(_index + 1, _state);
        _json = saga.WriteState(_state);
        _attempts = 0;
        if (!journal.HasChanges)
        {
            _buffer.Buffer(entry);
            return;
        }
        await _buffer.CommitAsync(_ => Task.CompletedTask, () => Progress() with { Entries = [entry] }, abandon);
        _written = _index;
    }

    /// <summary>Written before the first compensation: a compensating saga never goes forward again.</summary>
    private async Task StartCompensationAsync(string? reason, SagaLogEntry entry, CancellationToken abandon)
    {
        journal.Discard();
        _index = FirstCompensation();
        (_reason, _compensating, _attempts) = (reason, true, 0);
        await WriteAsync(Progress() with { Entries = [entry] }, abandon);
    }

    /// <summary>After an unknown outcome, a RetryAfter, or a refusal past the pivot: the saga releases its lease and becomes due after a delay.</summary>
    private async Task<TimeSpan?> RetryLaterAsync(SagaLogEntry entry, Attempt result, CancellationToken abandon)
    {
        journal.Discard();
        var delay = result.After ?? Backoff.Delay(_attempts + 1, options.FirstRetry, options.LongestRetry);
        if (CanCompensate && delay > TimeLeft)
            delay = TimeLeft > TimeSpan.Zero ? TimeLeft : TimeSpan.Zero;   // the wait ends at the deadline at the latest
        if (result.Outcome is not StepOutcome.RetryAfter)
            LogRetry(result.Failure, saga.Type, claim.Id, entry.Step, _compensating ? "undo" : "do", _attempts + 1, entry.Outcome, delay.TotalSeconds);

        await WriteAsync(Progress() with { Attempts = _attempts + 1, RetryAfter = delay, Entries = [entry] }, abandon);
        return delay;
    }

    /// <summary>The local transaction that ends the saga: its changes, its events and the saga's end are one commit.</summary>
    private async Task<TimeSpan?> EndAsync(CancellationToken abandon)
    {
        var (name, end) = _compensating ? saga.OnFailure : saga.Finish;
        var status = _compensating ? SagaStatus.Compensated : SagaStatus.Completed;
        var begun = clock.GetTimestamp();
        using var span = SagaTelemetry.StartStep(saga.Type, name, isUndo: false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        limit.CancelAfter(options.StepTimeout);
        try
        {
            await _buffer.CommitAsync(cancel => end?.Invoke(_state, Context(name, isUndo: false), cancel) ?? Task.CompletedTask, () =>
            {
                _json = saga.WriteState(_state);
                var entry = Entry(name, "done", isUndo: false) with { Duration = clock.GetElapsedTime(begun), TraceId = span?.TraceId.ToHexString() };
                return Progress() with { Next = null, Status = status, Attempts = 0, Entries = [entry] };
            }, limit.Token);
            SagaTelemetry.SagaEnded(saga.Type, status, claim.TimeLeft - TimeLeft);
            LogEnded(saga.Type, claim.Id, SagaStatusNames.Of(status), (saga.Within - TimeLeft).TotalSeconds, _reason ?? "no failure");
            return null;
        }
        catch (Exception failure) when (failure is not SagaLostException && !abandon.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            var attempt = new Attempt(null, failure.Message, null, failure, clock.GetElapsedTime(begun), span?.TraceId.ToHexString());
            var entry = Entry(name, "failed") with { Error = attempt.Reason, Duration = attempt.Duration, TraceId = attempt.TraceId };
            return await RetryLaterAsync(entry, attempt, abandon);
        }
    }

    private async Task WriteAsync(SagaProgress progress, CancellationToken cancel)
    {
        await _buffer.WriteAsync(progress, cancel);
        _written = _index;
    }

    /// <summary>
    /// The first compensation: of the last step that may have been attempted. That includes the current step if an earlier attempt's outcome is unknown, even if this
    /// attempt was refused: the earlier request may still arrive, and the compensation must precede it. It includes every step up to the pivot if the saga is in doubt.
    /// </summary>
    private int FirstCompensation()
    {
        var last = claim.InDoubt ? Math.Max(_index, saga.LastBeforePivot) : _attempts > 0 ? _index : _index - 1;
        return saga.NextBack(last, _state);
    }

    /// <summary>The saga's current row, with the current step to be run next.</summary>
    private SagaProgress Progress() => new()
    {
        Id = claim.Id,
        Version = claim.Version,
        State = _json,
        Next = _compensating ? BackName(_index) : ForwardName(_index),
        Status = _compensating ? SagaStatus.Compensating : SagaStatus.Running,
        Reason = _reason,
        Attempts = _attempts,
    };

    private SagaLogEntry Entry(string step, string outcome) => Entry(step, outcome, _compensating);

    private SagaLogEntry Entry(string step, string outcome, bool isUndo) => new()
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

    [LoggerMessage(LogLevel.Warning, "{Saga} {Id}: step {Step} ({Direction}), attempt {Attempt} {Outcome}, next try in {Seconds:0.00} s")]
    private partial void LogRetry(Exception? failure, string saga, Guid id, string step, string direction, int attempt, string outcome, double seconds);
}
