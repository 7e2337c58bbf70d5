using Npgsql;
using Shop.Load.Running;

namespace Shop.Chaos.Reporting;

/// <summary>What the shop has in its databases at the end: counts by state.</summary>
public sealed record ShopFigures(IReadOnlyList<(string What, IReadOnlyList<(string State, long Count)> Counts)> Groups)
{
    private static readonly IReadOnlyList<(string What, string Service, string Sql)> Queries =
    [
        ("orders", "ordering", "select status || coalesce(' ' || reason, ''), count(*) from orders group by 1 order by 1"),
        ("sagas", "ordering", "select type || ' ' || status, count(*) from sagas.saga group by 1 order by 1"),
        ("shipments", "shipping", "select status, count(*) from shipments where member_id is not null group by 1 order by 1"),
        ("coupons", "coupons", "select status, count(*) from coupons group by 1 order by 1"),
        ("uses of coupons", "coupons", "select status, count(*) from redemptions where coupon_id is not null group by 1 order by 1"),
        ("reviews", "reviews", "select stars || ' stars', count(*) from reviews group by 1 order by 1"),
        ("notifications", "notifications", "select kind, count(*) from notifications group by 1 order by 1"),
        ("mails", "notifications", "select status, count(*) from mails group by 1 order by 1"),
        ("payments", "payments", "select status, count(*) from intents group by 1 order by 1"),
        ("reservations", "inventory", "select status, count(*) from reservations group by 1 order by 1"),
    ];

    public static async Task<ShopFigures> ReadAsync(ShopInfo shop, CancellationToken cancel)
    {
        var groups = new List<(string, IReadOnlyList<(string, long)>)>();
        foreach (var (what, service, sql) in Queries)
            groups.Add((what, await ReadAsync(shop.DatabaseOf(service), sql, cancel)));
        return new(groups);
    }

    private static async Task<IReadOnlyList<(string, long)>> ReadAsync(string database, string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<(string, long)>();
        while (await reader.ReadAsync(cancel))
            rows.Add((reader.GetString(0), reader.GetInt64(1)));
        return rows;
    }
}
