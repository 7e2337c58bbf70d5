using System.ComponentModel.DataAnnotations;

namespace Shop.Sagas;

/// <summary>Leases, timeouts and retries of sagas. Configuration section <c>Sagas</c>.</summary>
public sealed class SagaOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sagas";

    /// <summary>The most sagas that a replica runs concurrently.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>How long a saga stays with a replica that does not write; each write renews it. Leases of dead replicas are released earlier (<c>Replicas:DeadAfter</c>).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Timeout of one attempt of a step. Shorter than the lease: a step must not outlive it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan StepTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long outcomes that nothing depends on yet stay buffered in memory while a step runs; then they are written.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan CarryFor { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The delay before the first retry of a step; it doubles with each further one, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay between retries.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How often the table is queried for due sagas, which finds those of dead replicas. A replica wakes for its own by a timer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a saga and its log are kept after its end.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StepTimeout >= Lease)
            yield return new("Sagas:StepTimeout must be shorter than Sagas:Lease: a step must not outlive its lease.", [nameof(StepTimeout)]);
    }
}
