using Confluent.Kafka;

namespace Shop.Messaging.Kafka;

internal static class BrokerMetadata
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    /// <summary>All topics. The client's call blocks and cannot be cut off, so it is made in short pieces: a process that stops does not wait for a broker that is away.</summary>
    /// <exception cref="KafkaException">No broker has answered in time.</exception>
    public static Task<Metadata> ReadAsync(this IAdminClient admin, TimeSpan timeout, CancellationToken cancel) => Task.Run(() =>
    {
        for (var left = timeout; ; left -= Step)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                return admin.GetMetadata(Step);
            }
            catch (KafkaException) when (left > Step)
            {
                // Once more.
            }
        }
    }, cancel);
}
