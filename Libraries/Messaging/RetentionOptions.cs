using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging;

/// <summary>Retention of outbox, inbox, resolved dead letters and comparisons. Configuration section <c>Messaging:Retention</c>.</summary>
public sealed class RetentionOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = MessagingOptions.Section + ":Retention";

    /// <summary>How long events can be published again after a broker lost its data. Unpublished events are kept longer.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan Outbox { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long an event is recognised as applied. Must be longer than any topic or outbox can deliver it again.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Inbox { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Of replayed and discarded dead letters. Parked ones are kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan DeadLetters { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Of the results of comparisons of what was published with what was applied.</summary>
    [Range(typeof(TimeSpan), "32.00:00:00", "3650.00:00:00")]
    public TimeSpan Comparisons { get; set; } = TimeSpan.FromDays(90);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Inbox <= Outbox)
            yield return new("Retention:Inbox must be longer than Retention:Outbox: what is published again must still be recognised.", [nameof(Inbox)]);
    }
}
