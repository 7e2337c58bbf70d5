using Microsoft.EntityFrameworkCore;

namespace Shop.OrderHistory.Figures;

/// <summary>Adds to the figures, in the transaction of what is counted.</summary>
internal sealed class FigureWriter(OrderHistoryDb db)
{
    /// <summary>Advisory locks of this class ("figs") are the shards that are being written.</summary>
    private const int Locks = 0x66696773;

    private short? _shard;

    /// <summary>Called within a transaction, and always within the same one.</summary>
    public async Task AddAsync(IReadOnlyCollection<OrderFigure> figures, CancellationToken cancel)
    {
        if (figures.Count == 0)
            return;

        // Two transactions that added to the same rows in another order would be a deadlock. There are more shards than a service has connections.
        var shard = _shard ??= (await db.Database.SqlQuery<short>(
            $"select k::smallint as \"Value\" from generate_series(0, 999) k where pg_try_advisory_xact_lock({Locks}, k) limit 1").ToListAsync(cancel)).Single();
        var at = figures.Select(figure => figure.At).ToArray();
        var names = figures.Select(figure => figure.Name).ToArray();
        var values = figures.Select(figure => figure.Value).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            with added as (select * from unnest({at}, {names}, {values}) a (at, name, value)),
            days as (
                insert into day_figures as f (day, name, shard, value)
                select (at at time zone 'UTC')::date, name, {shard}, sum(value)::bigint from added group by 1, 2
                on conflict (day, name, shard) do update set value = f.value + excluded.value)
            insert into minute_figures as f (minute, name, shard, value)
            select date_trunc('minute', at), name, {shard}, sum(value)::bigint from added group by 1, 2
            on conflict (minute, name, shard) do update set value = f.value + excluded.value
            """, cancel);
    }
}
