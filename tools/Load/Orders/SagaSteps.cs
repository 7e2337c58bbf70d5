using Npgsql;
using Shop.Load.Measuring;
using Shop.Load.Running;

namespace Shop.Load.Orders;

/// <summary>
/// The time of orders by step, from Ordering's saga log. The log has the duration of each step and the time of its outcome;
/// the wait before a step is the commit of the previous outcome and the wait for the step's start.
/// </summary>
internal static class SagaSteps
{
    private const string Sql =
        """
        with outcome as (
            select l.seq, l.step, l.undo, l.outcome, l.duration,
                   l.started_at - coalesce(lag(l.started_at + l.duration) over saga, o.placed_at) as before
            from orders o
            join sagas.saga s on s.subject = o.id::text
            join sagas.saga_log l on l.saga_id = s.id
            where o.id = any($1)
            window saga as (partition by s.id order by l.seq)
        )
        select case when undo then 'undo ' else '' end || step || case when outcome = 'done' then '' else ' (' || outcome || ')' end as what,
               count(*), array_agg(extract(epoch from duration)::float8 * 1000), array_agg(extract(epoch from before)::float8 * 1000)
        from outcome group by 1 order by min(seq), count(*) desc
        """;

    private const string CompensationSql =
        """
        select extract(epoch from s.ended_at - min(l.started_at + l.duration))::float8 * 1000
        from sagas.saga s
        join sagas.saga_log l on l.saga_id = s.id and l.outcome = 'refused'
        where s.subject = any($1) and s.status = 'compensated'
        group by s.id
        """;

    /// <summary>From the refusal of a step to the end of the compensation, which rejects the order.</summary>
    public static async Task<Percentiles> CompensationsAsync(ShopInfo shop, IReadOnlyCollection<Guid> orders, CancellationToken cancel)
    {
        await using var connection = await ServerConnection.OpenAsync(shop.DatabaseOf("ordering"), cancel);
        await using var command = new NpgsqlCommand(CompensationSql, connection) { Parameters = { new() { Value = orders.Select(order => order.ToString()).ToArray() } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        var times = new List<double>();
        while (await row.ReadAsync(cancel))
            times.Add(row.GetDouble(0));
        return new(times);
    }

    public static async Task PrintAsync(ShopInfo shop, IReadOnlyCollection<Guid> orders, Percentiles call, Percentiles whole, CancellationToken cancel)
    {
        var table = new Table("where the time goes", "times", "wait before p50", "p95", "step p50", "p95 ms");
        table.Add("place order (the call)", $"{call.Count}", "", "", Ms(call, 0.5), Ms(call, 0.95));
        await using var connection = await ServerConnection.OpenAsync(shop.DatabaseOf("ordering"), cancel);
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = orders.ToArray() } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var (step, before) = (new Percentiles(row.GetFieldValue<double[]>(2)), new Percentiles(row.GetFieldValue<double[]>(3)));
            table.Add(row.GetString(0), $"{row.GetInt64(1)}", Ms(before, 0.5), Ms(before, 0.95), Ms(step, 0.5), Ms(step, 0.95));
        }
        table.Add("placed → ended", $"{whole.Count}", "", "", Ms(whole, 0.5), Ms(whole, 0.95));
        Console.WriteLine(table);

        static string Ms(Percentiles percentiles, double share) => $"{percentiles.At(share):0.0}";
    }
}
