using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging.Outbox;

/// <summary>Configuration section <c>Messaging:Outbox</c>.</summary>
public sealed class OutboxOptions : IValidatableObject
{
    /// <summary>How many events of a shard one read takes.</summary>
    [Range(1, 100_000)]
    public int ReadLimit { get; set; } = 1000;

    /// <summary>The safety net: a commit wakes the relay. Leases are renewed at the same time, in the same transaction.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long after a commit the relay waits for more before it reads.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan BatchDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The least time between two reads while events keep coming: what comes meanwhile shares one read, one publication and one move of the cursors.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MinReadInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a silent replica keeps its shards.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the broker is asked whether it still has what it acknowledged.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LostDataCheck { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PollInterval * 2 > Lease)
            yield return new("Outbox:PollInterval must be at most half of Outbox:Lease: leases are renewed with each poll.", [nameof(PollInterval)]);
    }
}
