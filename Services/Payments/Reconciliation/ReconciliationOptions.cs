using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Reconciliation;

/// <summary>How reconciliation goes through what is due. Section <c>Reconciliation</c>.</summary>
public sealed class ReconciliationOptions
{
    public const string Section = "Reconciliation";

    /// <summary>How often due intents are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Intents per round, and how many of them at the same time.</summary>
    [Range(1, 1_000)]
    public int Batch { get; set; } = 50;

    [Range(1, 100)]
    public int Concurrency { get; set; } = 5;

    /// <summary>How long a replica may take over an intent before another may look, too.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Claim { get; set; } = TimeSpan.FromMinutes(1);
}
