using Shop.Sagas.Engine;
using Shop.Sagas.Store;

namespace Shop.Sagas.Testing;

internal sealed class MemoryJournal(bool runsEnds) : ISagaJournal
{
    public List<SagaProgress> Progress { get; } = [];

    public bool HasChanges => false;

    public Task WriteAsync(SagaProgress progress, CancellationToken cancel)
    {
        Progress.Add(progress);
        return Task.CompletedTask;
    }

    public async Task CommitAsync(Func<CancellationToken, Task> work, Func<SagaProgress> progress, CancellationToken cancel)
    {
        if (runsEnds)
            await work(cancel);
        Progress.Add(progress());
    }

    public void Discard()
    {
    }
}
