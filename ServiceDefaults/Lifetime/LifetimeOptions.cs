using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Lifetime;

/// <summary>Times of a stop. Section <c>Lifetime</c>. Timeout and flush together must be below the platform's kill timeout: 6 s in development.</summary>
internal sealed class LifetimeOptions : IValidatableObject
{
    public const string Section = "Lifetime";

    /// <summary>How long requests are still served after readiness is turned off: until load balancers have noticed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Timeout of the stop without the flush: drain, pending requests, consumers.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Timeout of flushing telemetry.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan Flush { get; set; } = TimeSpan.FromSeconds(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Drain >= Timeout)
            yield return new("The drain must be shorter than the whole stop.", [nameof(Drain)]);
    }
}
