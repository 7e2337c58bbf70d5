using Confluent.Kafka;

namespace Shop.Messaging.Kafka;

internal static class BrokerMetadata
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    /// <summary>All topics. The client's call blocks and cannot be cancelled, so it is made with short timeouts: a process that stops does not wait for an unavailable broker.</summary>
    /// <exception cref="KafkaException">No broker has answered within <paramref name="timeout"/>.</exception>
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
