using Confluent.Kafka;

namespace Shop.Messaging.Kafka;

/// <summary>Reads topics from the broker. The client's call blocks and cannot be cancelled, so it is made with short timeouts: a process that stops does not wait for an unavailable broker.</summary>
internal sealed class BrokerTopics(IAdminClient admin, ClientUse use)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    /// <summary>All topics.</summary>
    /// <exception cref="KafkaException">No broker has answered within <paramref name="timeout"/>.</exception>
    public Task<Metadata> ReadAsync(TimeSpan timeout, CancellationToken cancel) => ReadAsync(admin.GetMetadata, timeout, cancel);

    /// <summary>One topic. An in-memory broker creates it.</summary>
    /// <exception cref="KafkaException">No broker has answered within <paramref name="timeout"/>.</exception>
    public Task<Metadata> ReadAsync(string topic, TimeSpan timeout, CancellationToken cancel) => ReadAsync(step => admin.GetMetadata(topic, step), timeout, cancel);

    private Task<Metadata> ReadAsync(Func<TimeSpan, Metadata> read, TimeSpan timeout, CancellationToken cancel) => Task.Run(() =>
    {
        for (var left = timeout; ; left -= Step)
        {
            cancel.ThrowIfCancellationRequested();
            using var inside = use.Enter();
            try
            {
                return read(Step);
            }
            catch (KafkaException) when (left > Step)
            {
                // Once more.
            }
        }
    }, cancel);
}
