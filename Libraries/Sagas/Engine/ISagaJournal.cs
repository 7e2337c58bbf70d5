using Shop.Sagas.Store;

namespace Shop.Sagas.Engine;

/// <summary>Where a run keeps what it has come to. The database in earnest; memory in tests of a saga's logic.</summary>
internal interface ISagaJournal
{
    /// <summary>The step has changed something on the saga's own DbContext: that is to be committed with its outcome.</summary>
    bool HasChanges { get; }

    /// <summary>Progress alone.</summary>
    /// <exception cref="SagaLostException">Another run has taken the saga.</exception>
    Task WriteAsync(SagaProgress progress, CancellationToken cancel);

    /// <summary>Work on the saga's own DbContext and the progress that it leads to, in one transaction.</summary>
    /// <exception cref="SagaLostException">Another run has taken the saga.</exception>
    Task CommitAsync(Func<CancellationToken, Task> work, Func<SagaProgress> progress, CancellationToken cancel);

    /// <summary>What an attempt that failed had changed.</summary>
    void Discard();
}
