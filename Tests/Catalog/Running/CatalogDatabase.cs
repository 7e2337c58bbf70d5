using Dapper;
using Npgsql;

namespace Shop.Catalog.Tests.Running;

/// <summary>Catalog's database, read directly.</summary>
public sealed class CatalogDatabase(string connectionString)
{
    public string ConnectionString => connectionString;

    /// <summary>Types of a product's events in the order of their publication: <c>ProductAdded</c>…</summary>
    public Task<List<string>> EventsOfAsync(string productId) => QueryAsync<string>(
        "select split_part(type, '.', -1) from messaging.outbox where key = @productId order by position", new { productId });

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }
}
