using Shop.OrderHistory.Orders;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>
/// What the serving tables have and the topics do not, because the retention or a broker's loss has removed the events: it is kept. A row that no event is left of is copied;
/// of one that the topics know in part the newer parts of both stay.
/// </summary>
internal sealed class OldRows(NewTables tables)
{
    private const int AtOnce = 5_000;

    /// <returns>How many orders it concerned.</returns>
    public async Task<long> TakeOverAsync(CancellationToken cancel)
    {
        var copied = await tables.ExecuteAsync(
            "insert into rebuild.orders select o.* from public.orders o where not exists (select from rebuild.orders n where n.id = o.id)", cancel);
        var behind = await tables.QueryAsync("""
            select o.id from public.orders o join rebuild.orders n on n.id = o.id
            where o.version > n.version or o.payment_version > n.payment_version or (o.total is not null and n.total is null)
               or jsonb_array_length(o.timeline) > jsonb_array_length(n.timeline)
               or (o.shipment_status, o.tracking_number, o.shipment_created_at) is distinct from (n.shipment_status, n.tracking_number, n.shipment_created_at)
            """, cancel);
        foreach (var ids in behind.Chunk(AtOnce))
            await MergeAsync(ids, cancel);
        return copied + behind.Count;
    }

    private async Task MergeAsync(Guid[] ids, CancellationToken cancel)
    {
        var old = await tables.LoadOldAsync(ids, cancel);
        var rows = (await tables.LoadAsync(ids, cancel)).ToDictionary(row => row.Id);
        foreach (var row in old)
            rows[row.Id].Merge(row);
        await tables.DeleteAsync(ids, cancel);
        await tables.CopyAsync(rows.Values, cancel);
    }
}
