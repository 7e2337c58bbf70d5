namespace Shop.Messaging.Outbox;

/// <summary>
/// The highest offsets acknowledged to this replica's producer. Within one producer the offsets of a partition only grow: one that does not grow shows that the broker
/// has lost its data.
/// </summary>
internal sealed class AcknowledgedOffsets
{
    private readonly Dictionary<(string, int), long> _highest = [];
    private int _generation;

    public bool BrokerLostData { get; private set; }

    /// <summary>Each republication starts a new generation: earlier acknowledgements no longer count.</summary>
    public void Of(int generation)
    {
        if (generation == _generation)
            return;
        _generation = generation;
        _highest.Clear();
        BrokerLostData = false;
    }

    public void Acknowledged(IReadOnlyCollection<(string Topic, int Partition, long Offset)> offsets)
    {
        foreach (var (topic, partition, offset) in offsets)
        {
            if (_highest.TryGetValue((topic, partition), out var before) && offset <= before)
                BrokerLostData = true;
            _highest[(topic, partition)] = offset;
        }
    }
}
