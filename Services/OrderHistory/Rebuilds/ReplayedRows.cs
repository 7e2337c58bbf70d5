using Shop.Messaging.Topics;
using Shop.OrderHistory.Orders;
using Shop.OrderHistory.Projection;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>The rows that the replay is working on: merged in memory, written in bulk. As much memory as so many orders need, however many there are.</summary>
internal sealed class ReplayedRows(NewTables tables)
{
    private const int MaxInMemory = 50_000;

    private readonly Dictionary<Guid, OrderRecord> _rows = [];
    private readonly HashSet<Guid> _written = [];
    private bool _hasWritten;

    public async Task MergeAsync(IReadOnlyList<TopicEvent> events, CancellationToken cancel)
    {
        var records = events.Select(@event => EventRecords.RecordOf(@event.Message)).ToList();
        if (_hasWritten)
            await LoadAsync([.. records.Select(record => record.Id).Where(id => !_rows.ContainsKey(id)).Distinct()], cancel);
        foreach (var record in records)
        {
            if (_rows.TryGetValue(record.Id, out var row))
                row.Merge(record);
            else
                _rows.Add(record.Id, record);
        }

        if (_rows.Count > MaxInMemory)
            await FlushAsync(cancel);
    }

    /// <summary>Writes all rows, and forgets them.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (_rows.Count == 0)
            return;

        await tables.DeleteAsync([.. _written], cancel);
        await tables.CopyAsync(_rows.Values, cancel);
        _rows.Clear();
        _written.Clear();
        _hasWritten = true;
    }

    private async Task LoadAsync(Guid[] ids, CancellationToken cancel)
    {
        foreach (var row in await tables.LoadAsync(ids, cancel))
        {
            _rows.Add(row.Id, row);
            _written.Add(row.Id);
        }
    }
}
