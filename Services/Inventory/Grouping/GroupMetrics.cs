using System.Diagnostics.Metrics;

namespace Shop.Inventory.Grouping;

/// <summary>The number of commands in a transaction: 1 while no command has to wait.</summary>
internal sealed class GroupMetrics
{
    private readonly Histogram<int> _size;

    public GroupMetrics(IMeterFactory meters) =>
        _size = meters.Create("Shop.Inventory").CreateHistogram<int>("shop.inventory.group.size", "{command}", "Commands in one transaction, by command.");

    public void Committed<TCommand>(int size) => _size.Record(size, new KeyValuePair<string, object?>("command", typeof(TCommand).Name));
}
