namespace Shop.Persistence.Commits;

/// <summary>Is notified of the rows that a commit has added.</summary>
/// <typeparam name="TRow">The entity's own type, not a base of it.</typeparam>
public interface ICommitObserver<in TRow> where TRow : class
{
    /// <summary>
    /// Called once for each commit that has added such rows, after it, and never for a rollback; whether SaveChanges committed by itself or within an explicit transaction.
    /// A commit whose answer was lost is not reported: whoever needs every row also looks for them in the database.
    /// </summary>
    /// <remarks>On the thread that committed: it must be quick, may be called by several threads at once, and must not throw.</remarks>
    void Committed(IReadOnlyList<TRow> added);
}
