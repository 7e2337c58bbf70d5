using Confluent.Kafka;

namespace Shop.Messaging.Inbox;

/// <summary>Looks now and then, beside the polling thread, whether a topic that is being read has been deleted and made again.</summary>
internal sealed class RemadeTopics(ConsumedPartitions consumed, TimeSpan interval, TimeProvider clock)
{
    private Task<bool>? _check;
    private long _checkedAt = clock.GetTimestamp();

    /// <summary>Called by the polling thread. True: it has.</summary>
    public bool Observe(IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancel)
    {
        if (_check is null)
        {
            if (clock.GetElapsedTime(_checkedAt) < interval || partitions.Count == 0)
                return false;
            List<TopicPartition> asked = [.. partitions];
            _check = Task.Run(() => consumed.AreOutdatedAsync(asked, cancel), cancel);
        }
        if (!_check.IsCompleted)
            return false;
        var check = _check;
        (_check, _checkedAt) = (null, clock.GetTimestamp());
        // A broker or a database that is away: asked again after the interval.
        return check.Exception is null && check.IsCompletedSuccessfully && check.Result;
    }
}
