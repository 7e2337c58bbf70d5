using Dapper;
using Npgsql;

namespace Shop.Inventory.Tests.Running;

/// <summary>Inventory's database, read directly; times are also changed directly.</summary>
public sealed class InventoryDatabase(string connectionString)
{
    public async Task<(long OnHand, long Reserved, long Version)> StockAsync(Guid product) =>
        (await QueryAsync<(long, long, long)>("select on_hand, reserved, version from stock where product_id = @product", new { product })).Single();

    /// <summary>Null: there is none.</summary>
    public async Task<string?> StatusAsync(Guid order) =>
        (await QueryAsync<string>("select status from reservations where order_id = @order", new { order })).SingleOrDefault();

    /// <summary>Types of a product's events in the order of their publication: <c>StockChanged</c>…</summary>
    public Task<List<string>> EventsOfAsync(Guid product) => QueryAsync<string>(
        "select split_part(type, '.', -1) from messaging.outbox where key = @key order by position", new { key = product.ToString() });

    public Task<List<byte[]>> PayloadsAsync(Guid product, string type) => QueryAsync<byte[]>(
        "select payload from messaging.outbox where key = @key and type like '%.' || @type order by position", new { key = product.ToString(), type });

    /// <summary>Makes the reservations overdue. Each in its own transaction: one that held several rows could deadlock with a group of commands, in whatever order it takes them.</summary>
    public async Task ExpireAsync(params Guid[] orders)
    {
        foreach (var order in orders)
            await QueryAsync<int>("update reservations set expires_at = now() - interval '1 second' where order_id = @order returning 1", new { order });
    }

    public Task AgeAsync(Guid order, TimeSpan by) => QueryAsync<int>(
        "update reservations set finished_at = finished_at - @by where order_id = @order returning 1", new { order, by });

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }
}
