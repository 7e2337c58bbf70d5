using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging;

/// <summary>How long Messaging keeps what is done with. Configuration section <c>Messaging:Retention</c>.</summary>
public sealed class RetentionOptions : IValidatableObject
{
    /// <summary>What can be published again after a broker lost its data.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan Outbox { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long an event is recognised as seen: longer than any topic or outbox can bring it back.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Inbox { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Dead letters that were replayed or discarded. Parked ones stay.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan DeadLetters { get; set; } = TimeSpan.FromDays(90);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Inbox <= Outbox)
            yield return new("Retention:Inbox must be longer than Retention:Outbox: what is published again must still be recognised.", [nameof(Inbox)]);
    }
}
