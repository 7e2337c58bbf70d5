using Dapper;
using Npgsql;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Running;

/// <summary>What OrderHistory has written, past its API.</summary>
public sealed class HistoryDatabase(string connectionString)
{
    /// <summary>The row without what differs between orders that had the same life.</summary>
    public async Task<string?> RowAsync(Guid order) =>
        (await QueryAsync<string>("select (to_jsonb(o) - 'id')::text from orders o where id = @order", new { order })).SingleOrDefault();

    public Task<List<string>> RowsAsync() => QueryAsync<string>("select to_jsonb(o)::text from orders o order by id");

    /// <summary>Sums over the shards.</summary>
    public async Task<List<string>> FiguresAsync() =>
    [
        .. await QueryAsync<string>("select minute || ' ' || name || ' ' || sum(value) from minute_figures group by minute, name order by 1"),
        .. await QueryAsync<string>("select day || ' ' || name || ' ' || sum(value) from day_figures group by day, name order by 1"),
    ];

    public async Task<long> FigureAsync(DateTimeOffset minute, string name) =>
        (await QueryAsync<long>("select coalesce(sum(value), 0)::bigint from minute_figures where minute = date_trunc('minute', @minute) and name = @name", new { minute, name })).Single();

    public async Task<long> CountAsync(string table) => (await QueryAsync<long>($"select count(*) from {table}")).Single();

    public Task ExecuteAsync(string sql, object? parameters = null) => QueryAsync<int>(sql, parameters);

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    /// <summary>No rebuild has left its tables.</summary>
    public Task HasNoNewTablesAsync() =>
        Eventually.TrueAsync(async () => (await QueryAsync<int>("select 1 from pg_namespace where nspname = 'rebuild'")).Count == 0, "the tables of the rebuild are dropped");

    /// <summary>A session of its own, which ends when it is disposed.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
