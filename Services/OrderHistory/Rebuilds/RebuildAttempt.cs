namespace Shop.OrderHistory.Rebuilds;

/// <summary>One begin of a rebuild. A replica that has lost its session, and with it the lock, may still be at work when another has begun the same rebuild again: its number is its fence.</summary>
internal sealed record RebuildAttempt(Guid Id, int Number)
{
    /// <summary>The rebuild, unless it has ended or was begun again.</summary>
    public IQueryable<Rebuild> Of(OrderHistoryDb db) =>
        db.Rebuilds.Where(rebuild => rebuild.Id == Id && rebuild.Attempts == Number && rebuild.State == RebuildState.Running);
}
