using Dapper;
using Npgsql;

namespace Shop.Shipping.Tests.Running;

/// <summary>What Shipping has written, read (and, for its clock, changed) past its API.</summary>
public sealed class ShippingDatabase(string connectionString)
{
    /// <summary>Null: there is none.</summary>
    public async Task<string?> StatusAsync(Guid order) =>
        (await QueryAsync<string>("select status from shipments where order_id = @order", new { order })).SingleOrDefault();

    public async Task<string> IdAsync(Guid order) =>
        (await QueryAsync<Guid>("select id from shipments where order_id = @order", new { order })).Single().ToString();

    /// <summary>Types of the events of an order's shipment in the order of their publication: <c>ShipmentCreated</c>…</summary>
    public Task<List<string>> EventsOfAsync(Guid order) => QueryAsync<string>(
        "select split_part(type, '.', -1) from messaging.outbox where key = @key order by position", new { key = order.ToString() });

    public async Task<byte[]> PayloadAsync(Guid order, string type) => (await QueryAsync<byte[]>(
        "select payload from messaging.outbox where key = @key and type like '%.' || @type", new { key = order.ToString(), type })).Single();

    /// <summary>So much time has passed for these.</summary>
    public Task AgeAsync(TimeSpan by, params Guid[] orders) => QueryAsync<int>(
        "update shipments set created_at = created_at - @by, dispatched_at = dispatched_at - @by where order_id = any(@orders) returning 1", new { by, orders });

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
