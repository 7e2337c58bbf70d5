namespace Shop.Payments.Reconciliation;

/// <summary>
/// How far the comparison with the provider's ledger has come: one row, moved in the transaction of what a page found and repaired. It only goes forward, so each movement
/// and each attempt is compared once, whatever process dies.
/// </summary>
internal sealed class LedgerComparison
{
    private LedgerComparison() { }

    public int Id { get; private init; }

    /// <summary>The sequence of the last movement that was compared.</summary>
    public long Movement { get; private init; }

    /// <summary>The id of the last attempt that was compared.</summary>
    public Guid Attempt { get; private init; }

    /// <summary>Movements and attempts compared so far.</summary>
    public long Compared { get; private init; }

    /// <summary>The end of the last comparison. Null: none yet.</summary>
    public DateTimeOffset? ComparedAt { get; private init; }

    /// <summary>When the next comparison begins, or a claim on the current one ends, by the database's clock.</summary>
    public DateTimeOffset DueAt { get; private init; }
}
