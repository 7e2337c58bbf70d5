using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Intents;

/// <summary>Section <c>Attempts</c>.</summary>
internal sealed class AttemptOptions
{
    public const string Section = "Attempts";

    /// <summary>How long attempts are kept: longer than a payment can be disputed. The ledger is never purged.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(550);
}
