using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Reconciliation;

/// <summary>How due intents are claimed and reconciled, and how our ledger is compared with the provider's. Section <c>Reconciliation</c>.</summary>
internal sealed class ReconciliationOptions
{
    public const string Section = "Reconciliation";

    /// <summary>The interval of the query for due intents.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Intents per round.</summary>
    [Range(1, 1_000)]
    public int Batch { get; set; } = 50;

    /// <summary>Intents of a round that are reconciled concurrently.</summary>
    [Range(1, 100)]
    public int Concurrency { get; set; } = 5;

    /// <summary>How long a replica's claim on an intent, or on the comparison, lasts; after it another replica may claim it. A page of the comparison renews it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The interval of the comparison with the provider's ledger.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan LedgerInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Movements, or attempts, that are compared in one transaction.</summary>
    [Range(1, 1_000)]
    public int LedgerPage { get; set; } = 200;

    /// <summary>Younger movements are left for the next comparison: our own answer may still be on its way.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Younger attempts are left for a later comparison. Longer than the clocks of replicas and provider may differ (5 minutes), and than a call with its commit takes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AttemptGrace { get; set; } = TimeSpan.FromMinutes(6);

    /// <summary>How long differences, and the movements that were compared, are kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan DifferenceRetention { get; set; } = TimeSpan.FromDays(30);
}
