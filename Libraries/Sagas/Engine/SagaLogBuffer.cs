using Shop.Sagas.Store;

namespace Shop.Sagas.Engine;

/// <summary>
/// Buffers outcomes that nothing depends on yet, and writes them with the next progress that must be durable. If the process dies before, the step is repeated, and
/// the upstream, being idempotent, gives the same response.
/// </summary>
internal sealed class SagaLogBuffer(SagaClaim claim, ISagaJournal journal, TimeProvider clock)
{
    private readonly List<SagaLogEntry> _buffered = [];
    private long _version = claim.Version;
    private long _leasedAt = claim.ClaimedAt;

    public bool HasBuffered => _buffered.Count > 0;

    /// <summary>Since the lease was taken or renewed. Each write renews it.</summary>
    public TimeSpan LeaseAge => clock.GetElapsedTime(_leasedAt);

    public void Buffer(SagaLogEntry entry) => _buffered.Add(entry);

    public async Task WriteAsync(SagaProgress progress, CancellationToken cancel)
    {
        progress = WithBuffered(progress);
        await journal.WriteAsync(progress, cancel);
        Written(progress);
    }

    /// <summary>Writes together with work on the saga's DbContext, in one transaction.</summary>
    public async Task CommitAsync(Func<CancellationToken, Task> work, Func<SagaProgress> progress, CancellationToken cancel)
    {
        SagaProgress? written = null;
        await journal.CommitAsync(work, () => written = WithBuffered(progress()), cancel);
        Written(written!);
    }

    private SagaProgress WithBuffered(SagaProgress progress) => progress with { Version = _version, Entries = [.. _buffered, .. progress.Entries] };

    private void Written(SagaProgress progress)
    {
        _version = progress.NextVersion;
        _leasedAt = clock.GetTimestamp();
        _buffered.Clear();
    }
}
