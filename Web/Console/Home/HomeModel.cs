using Shop.Console.Reconciliation;

namespace Shop.Console.Home;

/// <param name="Figures">Null: unavailable.</param>
/// <param name="Reconciliation">Null: unavailable.</param>
public sealed record HomeModel(Figures? Figures, ReconciliationState? Reconciliation)
{
    /// <summary>Events; below it a service is only busy.</summary>
    public const long MuchLag = 1000;

    /// <summary>Services whose outbox or consumers are far behind.</summary>
    public IReadOnlyList<string> Behind => Figures is null ? [] : [.. Figures.Lag.Outbox.Concat(Figures.Lag.Consumers).Where(lag => lag.Value >= MuchLag).Select(lag => lag.Key).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether anything waits for an operator.</summary>
    public bool NeedsAttention => Figures?.OverdueSagas > 0 || Figures?.DeadLetters > 0 || Reconciliation?.NotRepaired > 0 || Behind.Count > 0;

    /// <summary>Whether something is not known that could wait for one.</summary>
    public bool IsIncomplete => Figures is null || Figures.Unavailable.Count > 0 || Reconciliation is not { IsCompared: true };
}
