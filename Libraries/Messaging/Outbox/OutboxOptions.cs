using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging.Outbox;

/// <summary>Batches, polling and leases of the relay. Configuration section <c>Messaging:Outbox</c>.</summary>
public sealed class OutboxOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = MessagingOptions.Section + ":Outbox";

    /// <summary>The most events of a shard in one read.</summary>
    [Range(1, 100_000)]
    public int ReadLimit { get; set; } = 1000;

    /// <summary>How often the relay polls, for signals that were lost; a commit wakes it at once. Leases are renewed with each poll.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long the relay waits for further commits before it reads.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan BatchDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The shortest time between two reads under load: events of that time share one read, one publication and one update of the cursors.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MinReadInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a replica that does not renew its leases keeps its shards.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the broker is checked for lost data and missing topics.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LostDataCheck { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Interval * 2 > Lease)
            yield return new("Outbox:Interval must be at most half of Outbox:Lease: leases are renewed with each poll.", [nameof(Interval)]);
    }
}
