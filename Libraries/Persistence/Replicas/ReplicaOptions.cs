using System.ComponentModel.DataAnnotations;

namespace Shop.Persistence.Replicas;

/// <summary>How replicas of a service know of each other. Configuration section <c>Replicas</c>.</summary>
public sealed class ReplicaOptions : IValidatableObject
{
    public const string Section = "Replicas";

    /// <summary>How often a replica renews its presence and looks whether another one has died.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a replica counts as present after it renewed its presence.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Presence { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A replica whose session with the database has been closed for this long is dead: its leases are released and need not run out.
    /// Longer than a living one needs to connect again.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(3);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PollInterval * 2 > Presence)
            yield return new("Replicas:PollInterval must be at most half of Replicas:Presence: presence is renewed with each poll.", [nameof(PollInterval)]);
    }
}
