using System.ComponentModel.DataAnnotations;

namespace Shop.Sagas;

/// <summary>Configuration section <c>Sagas</c>.</summary>
public sealed class SagaOptions : IValidatableObject
{
    public const string Section = "Sagas";

    /// <summary>How many sagas a replica runs at once.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>How long a replica that stopped writing keeps its sagas; those of a dead one are released earlier (<c>Replicas:DeadAfter</c>). Each write renews it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt of a step may take. Below the lease: a step must not outlive it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan StepTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long outcomes that nothing depends on yet are carried in memory while a step keeps the saga waiting; then they are written.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan CarryFor { get; set; } = TimeSpan.FromMilliseconds(250);

    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMilliseconds(200);

    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the table is asked what becomes due until the next time: that finds the sagas of replicas that died. A replica's own wake it by a timer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a saga and its log are kept after its end.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StepTimeout >= Lease)
            yield return new("Sagas:StepTimeout must be shorter than Sagas:Lease: a step must not outlive its lease.", [nameof(StepTimeout)]);
    }
}
