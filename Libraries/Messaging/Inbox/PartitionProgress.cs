namespace Shop.Messaging.Inbox;

/// <summary>The offset in progress on a partition, and since when. Written by its worker, read by the polling thread.</summary>
internal sealed class PartitionProgress(TimeProvider clock)
{
    private long _offset;
    private long _since = clock.GetTimestamp();

    /// <summary>Of the event in progress.</summary>
    public long Offset => Volatile.Read(ref _offset);

    public TimeSpan Unchanged => clock.GetElapsedTime(Volatile.Read(ref _since));

    public void ReachedNow(long offset)
    {
        Volatile.Write(ref _offset, offset);
        Volatile.Write(ref _since, clock.GetTimestamp());
    }
}
