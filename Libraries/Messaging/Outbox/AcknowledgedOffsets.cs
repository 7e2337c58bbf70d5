namespace Shop.Messaging.Outbox;

/// <summary>
/// What this replica's producer has been acknowledged. Within one producer the offsets of a partition only grow: one that does not grow comes from a broker
/// that has begun anew.
/// </summary>
internal sealed class AcknowledgedOffsets
{
    private readonly Dictionary<(string, int), long> _highest = [];
    private int _generation;

    public bool BrokerLostData { get; private set; }

    /// <summary>Each time everything is published again is a generation of its own: what was acknowledged before counts no more.</summary>
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
