using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Reconciliation;

/// <summary>How due intents are claimed and reconciled. Section <c>Reconciliation</c>.</summary>
internal sealed class ReconciliationOptions
{
    public const string Section = "Reconciliation";

    /// <summary>The interval of the query for due intents.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Intents per round.</summary>
    [Range(1, 1_000)]
    public int Batch { get; set; } = 50;

    /// <summary>Intents of a round that are reconciled concurrently.</summary>
    [Range(1, 100)]
    public int Concurrency { get; set; } = 5;

    /// <summary>How long a replica's claim on an intent lasts; after it another replica may claim it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Claim { get; set; } = TimeSpan.FromMinutes(1);
}
