using Shop.Sagas.Store;

namespace Shop.Sagas.Engine;

/// <summary>
/// What a run has to write. An outcome that nothing depends on yet is carried along, and written with the next one that something does depend on:
/// should the process die before, the step is repeated, and the upstream answers what it answered.
/// </summary>
internal sealed class SagaLogBuffer(SagaClaim claim, ISagaJournal journal, TimeProvider clock)
{
    private readonly List<SagaLogEntry> _buffered = [];
    private long _version = claim.Version;
    private long _leasedAt = claim.ClaimedAt;

    public bool HasBuffered => _buffered.Count > 0;

    /// <summary>Since the lease was taken or renewed: each write renews it.</summary>
    public TimeSpan LeaseAge => clock.GetElapsedTime(_leasedAt);

    public void Buffer(SagaLogEntry line) => _buffered.Add(line);

    public async Task WriteAsync(SagaProgress progress, CancellationToken cancel)
    {
        progress = WithBuffered(progress);
        await journal.WriteAsync(progress, cancel);
        Written(progress);
    }

    /// <summary>Together with work on the saga's own DbContext.</summary>
    public async Task CommitAsync(Func<CancellationToken, Task> work, Func<SagaProgress> progress, CancellationToken cancel)
    {
        SagaProgress? written = null;
        await journal.CommitAsync(work, () => written = WithBuffered(progress()), cancel);
        Written(written!);
    }

    private SagaProgress WithBuffered(SagaProgress progress) => progress with { Version = _version, Lines = [.. _buffered, .. progress.Lines] };

    private void Written(SagaProgress progress)
    {
        _version = progress.NextVersion;
        _leasedAt = clock.GetTimestamp();
        _buffered.Clear();
    }
}
