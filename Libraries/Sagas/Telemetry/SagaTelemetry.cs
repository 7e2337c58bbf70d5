using System.Diagnostics;
using System.Diagnostics.Metrics;
using Shop.Sagas.Store;

namespace Shop.Sagas.Telemetry;

/// <summary>The activity source and meter of sagas, named <c>Shop.Sagas</c>.</summary>
internal static class SagaTelemetry
{
    public static readonly Meter Meter = new("Shop.Sagas");

    private static readonly ActivitySource Source = new("Shop.Sagas");
    private static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>("shop.saga.step.duration", "s", "One attempt of a step.",
        advice: new() { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
    private static readonly Counter<long> StepAttempts = Meter.CreateCounter<long>("shop.saga.step.attempts", "{attempt}", "Attempts of steps, by outcome.");
    private static readonly Histogram<double> SagaDuration = Meter.CreateHistogram<double>("shop.saga.last.run.duration", "s", "The last run of sagas that ended: all of it for those that never had to wait.",
        advice: new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60] });
    private static readonly Counter<long> EndedSagas = Meter.CreateCounter<long>("shop.saga.ended", "{saga}", "Sagas that ended, by status.");

    public static Activity? StartSaga(SagaClaim claim)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext.TryParse(claim.TraceParent, claim.TraceState, isRemote: true, out var parent);
        return Source.StartActivity($"saga {claim.Type}", ActivityKind.Internal, parent, [new("shop.saga.id", claim.Id.ToString()), new("shop.saga.type", claim.Type)]);
    }

    public static Activity? StartStep(string saga, string step, bool isUndo) =>
        Source.StartActivity(isUndo ? $"undo {step}" : step, ActivityKind.Internal, default(ActivityContext), [new("shop.saga.type", saga), new("shop.saga.step", step), new("shop.saga.undo", isUndo)]);

    public static void StepDone(string saga, string step, bool isUndo, Attempt attempt)
    {
        var outcome = attempt.Outcome switch { StepOutcome.Done => "done", StepOutcome.Refused => "refused", StepOutcome.RetryAfter => "again", _ => "failed" };
        var tags = new TagList { { "shop.saga.type", saga }, { "shop.saga.step", step }, { "shop.saga.undo", isUndo }, { "outcome", outcome } };
        StepDuration.Record(attempt.Duration.TotalSeconds, tags);
        StepAttempts.Add(1, tags);
    }

    public static void SagaEnded(string saga, SagaStatus status, TimeSpan run)
    {
        var tags = new TagList { { "shop.saga.type", saga }, { "status", SagaStatusNames.Of(status) } };
        EndedSagas.Add(1, tags);
        SagaDuration.Record(run.TotalSeconds, tags);
    }
}
