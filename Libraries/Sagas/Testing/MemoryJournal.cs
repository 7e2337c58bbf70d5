using Shop.Sagas.Engine;
using Shop.Sagas.Store;

namespace Shop.Sagas.Testing;

/// <summary>Records the outcomes. Finish and OnFailure, which belong to a commit, are not run: they need a database.</summary>
internal sealed class MemoryJournal : ISagaJournal
{
    public List<SagaProgress> Progress { get; } = [];

    public bool HasChanges => false;

    public Task WriteAsync(SagaProgress progress, CancellationToken cancel)
    {
        Progress.Add(progress);
        return Task.CompletedTask;
    }

    public Task CommitAsync(Func<CancellationToken, Task> work, Func<SagaProgress> progress, CancellationToken cancel)
    {
        Progress.Add(progress());
        return Task.CompletedTask;
    }

    public void Discard()
    {
    }
}
