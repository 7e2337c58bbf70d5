using Dapper;
using Npgsql;

namespace Shop.Payments.Tests.Running;

/// <summary>Payments' database, read directly.</summary>
public sealed class PaymentsDatabase(string connectionString)
{
    /// <summary>Types of an order's events, in the order of their publication: <c>PaymentAuthorised</c>…, without those that it has changed as no other event says.</summary>
    public async Task<IReadOnlyList<string>> EventsOfAsync(Guid orderId) => await QueryAsync<string>(
        "select split_part(type, '.', -1) from messaging.outbox where key = @key and type not like '%PaymentChanged' order by position", new { key = orderId.ToString() });

    public async Task<IReadOnlyList<(string Kind, long Amount)>> BalancesOfAsync(Guid orderId) => await QueryAsync<(string, long)>(
        """
        select account, sum(amount)::bigint from postings join transfers on id = transfer_id
        where order_id = @orderId group by account having sum(amount) <> 0 order by account
        """,
        new { orderId });

    public async Task<IReadOnlyList<string>> TransfersOfAsync(Guid orderId) =>
        await QueryAsync<string>("select kind from transfers where order_id = @orderId order by id", new { orderId });

    public async Task<IReadOnlyList<string>> AttemptsOfAsync(Guid orderId) =>
        await QueryAsync<string>("select step || ' ' || outcome from attempts where order_id = @orderId order by id", new { orderId });

    /// <summary>Null: there is no intent.</summary>
    public async Task<string?> StatusOfAsync(Guid orderId) =>
        (await QueryAsync<string>("select status from intents where order_id = @orderId", new { orderId })).SingleOrDefault();

    /// <summary>No outcome is in doubt, and no release is due.</summary>
    public async Task<bool> IsSettledAsync(Guid orderId) =>
        (await QueryAsync<bool>("select reconcile_at is null from intents where order_id = @orderId", new { orderId })).SingleOrDefault();

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(sql);
    }
}
