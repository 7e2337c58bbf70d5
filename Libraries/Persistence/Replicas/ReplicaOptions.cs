using System.ComponentModel.DataAnnotations;

namespace Shop.Persistence.Replicas;

/// <summary>Presence of replicas and detection of dead ones. Configuration section <c>Replicas</c>.</summary>
public sealed class ReplicaOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Replicas";

    /// <summary>How often a replica renews its presence and checks for dead replicas.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a replica counts as present after each renewal.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Presence { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A replica whose database session has been closed for this long counts as dead: its leases are released before they expire.
    /// Must be longer than a live replica needs to reconnect.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Interval * 2 > Presence)
            yield return new("Replicas:Interval must be at most half of Replicas:Presence: presence is renewed with each poll.", [nameof(Interval)]);
    }
}
