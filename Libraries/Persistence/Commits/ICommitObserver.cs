namespace Shop.Persistence.Commits;

/// <summary>Receives the rows that a commit has added.</summary>
/// <typeparam name="TRow">The entity's own type, not a base of it.</typeparam>
public interface ICommitObserver<in TRow> where TRow : class
{
    /// <summary>
    /// Called once after each commit that has added such rows, with or without an explicit transaction; never for a rollback.
    /// A commit whose acknowledgement was lost is not reported: an observer that needs every row must also query the database.
    /// </summary>
    /// <remarks>Runs on the committing thread, possibly on several threads at once. It must be quick and must not throw.</remarks>
    void Committed(IReadOnlyList<TRow> added);
}
