namespace Shop.Console.Reconciliation;

/// <summary>What the comparison of our payments with the provider's ledger has found.</summary>
/// <param name="At">Null before the first comparison.</param>
/// <param name="Differences">The newest first, at most 100.</param>
public sealed record ReconciliationState(DateTimeOffset? At, long Compared, IReadOnlyList<Difference> Differences)
{
    /// <summary>Before, no difference is known because none was searched for.</summary>
    internal bool IsCompared => At is not null;

    /// <summary>Those that wait for an operator.</summary>
    internal int NotRepaired => Differences.Count(difference => !difference.Repaired);
}

/// <param name="OrderId">Null: a charge that is not of this shop.</param>
/// <param name="Ours">Null: nothing is recorded here.</param>
/// <param name="Theirs">Null: the provider knows nothing of it.</param>
public sealed record Difference(string? OrderId, string Kind, string? Ours, string? Theirs, bool Repaired, DateTimeOffset At);
