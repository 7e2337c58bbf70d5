using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Lifetime;

/// <summary>Section <c>Lifetime</c>. Whoever runs the process kills it some seconds after asking it to stop: 6 s in development.</summary>
internal sealed class LifetimeOptions : IValidatableObject
{
    public const string Section = "Lifetime";

    /// <summary>How long the service still serves after it said that it is not ready any more: until those who send requests have noticed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>All of the stop but the last telemetry: drain, requests under way, consumers.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long the last telemetry may take to leave.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan Flush { get; set; } = TimeSpan.FromSeconds(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Drain >= Timeout)
            yield return new("The drain must be shorter than the whole stop.", [nameof(Drain)]);
    }
}
