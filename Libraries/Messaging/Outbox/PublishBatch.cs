using Confluent.Kafka;

namespace Shop.Messaging.Outbox;

/// <summary>Counts the acknowledgements of a published batch. Delivery reports arrive on the producer's one thread.</summary>
internal sealed class PublishBatch(int size)
{
    private readonly TaskCompletionSource<IReadOnlyCollection<(string, int, long)>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<(string Topic, int Partition), long> _offsets = [];
    private int _outstanding = size;
    private Error? _error;

    public Task<IReadOnlyCollection<(string Topic, int Partition, long Offset)>> Completion => _done.Task;

    public void Delivered(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
            _error ??= report.Error;
        else
            _offsets[(report.Topic, report.Partition.Value)] = report.Offset.Value;

        if (--_outstanding > 0)
            return;
        if (_error is not null)
            _done.SetException(new KafkaException(_error));
        else
            _done.SetResult([.. _offsets.Select(offset => (offset.Key.Topic, offset.Key.Partition, offset.Value))]);
    }
}
