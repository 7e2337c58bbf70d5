using Confluent.Kafka;

namespace Shop.Messaging.Inbox;

/// <summary>Checks at an interval, off the polling thread, whether a consumed topic has been recreated (deleted and created again).</summary>
internal sealed class RecreatedTopics(ConsumedPartitions consumed, TimeSpan interval, TimeProvider clock)
{
    private Task<bool>? _check;
    private long _checkedAt = clock.GetTimestamp();

    /// <summary>Called by the polling thread. True: a topic has been recreated.</summary>
    public bool Observe(IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancel)
    {
        if (_check is null)
        {
            if (clock.GetElapsedTime(_checkedAt) < interval || partitions.Count == 0)
                return false;
            List<TopicPartition> assigned = [.. partitions];
            _check = Task.Run(() => consumed.AreOutdatedAsync(assigned, cancel), cancel);
        }
        if (!_check.IsCompleted)
            return false;
        var check = _check;
        (_check, _checkedAt) = (null, clock.GetTimestamp());
        // If the broker or the database is unavailable, the check is repeated after the interval.
        return check.Exception is null && check.IsCompletedSuccessfully && check.Result;
    }
}
