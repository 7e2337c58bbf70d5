using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Intents;

/// <summary>When an unknown outcome, or a release that is owed, is looked up at the provider. Section <c>Reconcile</c>.</summary>
public sealed class ReconcileScheduleOptions
{
    public const string Section = "Reconcile";

    /// <summary>The first look at an unknown outcome: whoever asked for it usually asks again before.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan First { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pauses double up to this.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The first look after a release that found nothing at the provider: an authorisation may still be under way. Each further pause is ten times as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Watch { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many such looks.</summary>
    [Range(0, 5)]
    public int Watches { get; set; } = 2;
}
