using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Intents;

/// <summary>When an unknown outcome, or a release that is owed, is looked up at the provider. Section <c>Look</c>.</summary>
public sealed class LookOptions : IValidatableObject
{
    public const string Section = "Look";

    /// <summary>The first look at an unknown outcome: whoever asked for it usually asks again before.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan First { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pauses double up to this.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pauses before further looks after a release that found nothing at the provider.</summary>
    public IReadOnlyList<TimeSpan> Watch { get; set; } = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Watch.Any(pause => pause <= TimeSpan.Zero))
            yield return new ValidationResult("Watch must have pauses above zero.", [nameof(Watch)]);
    }
}
