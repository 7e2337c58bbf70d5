using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Intents;

/// <summary>When an outcome in doubt, or a release that is due, is reconciled with the provider. Section <c>Reconcile</c>.</summary>
internal sealed class ReconcileScheduleOptions
{
    public const string Section = "Reconcile";

    /// <summary>The delay before the first reconciliation of an outcome in doubt. The caller usually repeats the command earlier.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan First { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The delay doubles up to this.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The delay before the first check for a late charge, after a release that found none: an authorisation may still be in flight. Each further delay is ten times as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan LateChargeDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of checks for a late charge.</summary>
    [Range(0, 5)]
    public int LateChargeChecks { get; set; } = 2;
}
