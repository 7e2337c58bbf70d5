using Shop.Sagas.Store;

namespace Shop.Sagas.Engine;

/// <summary>Where a run writes its progress: the database, or memory in tests of a saga's logic.</summary>
internal interface ISagaJournal
{
    /// <summary>The step has changed entities of the saga's DbContext, which must be committed with its outcome.</summary>
    bool HasChanges { get; }

    /// <summary>Writes progress alone.</summary>
    /// <exception cref="SagaLostException">Another run has taken the saga.</exception>
    Task WriteAsync(SagaProgress progress, CancellationToken cancel);

    /// <summary>Commits <paramref name="work"/> on the saga's DbContext and the resulting progress in one transaction.</summary>
    /// <exception cref="SagaLostException">Another run has taken the saga.</exception>
    Task CommitAsync(Func<CancellationToken, Task> work, Func<SagaProgress> progress, CancellationToken cancel);

    /// <summary>Discards the changes of a failed attempt.</summary>
    void Discard();
}
