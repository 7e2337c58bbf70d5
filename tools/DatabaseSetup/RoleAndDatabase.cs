using Npgsql;

namespace Shop.DatabaseSetup;

/// <summary>A service's role and database, both named after it, which nobody else may enter. Can be repeated: what is there stays.</summary>
internal static class RoleAndDatabase
{
    // "shopset1". Several setups at once wait for each other; the lock ends with the connection.
    private const long LockKey = 0x73686f7073657431;

    /// <param name="superuser">The server's connection string, without a database.</param>
    public static async Task EnsureAsync(string superuser, string service, string password, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(superuser) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await connection.ExecuteAsync($"select pg_advisory_lock({LockKey})", cancel);

        var role = Quoted(service);
        var isThere = await connection.ExistsAsync("select 1 from pg_roles where rolname = $1", service, cancel);
        await connection.ExecuteAsync(
            $"{(isThere ? "alter" : "create")} role {role} with login nosuperuser nocreatedb nocreaterole noreplication password {Literal(password)}", cancel);

        if (!await connection.ExistsAsync("select 1 from pg_database where datname = $1", service, cancel))
            await connection.ExecuteAsync($"create database {role} owner {role}", cancel);

        // By default everybody may connect to every database. Owners keep their right.
        await connection.ExecuteAsync(
            $"""
            revoke all on database {role} from public;
            revoke all on database postgres from public;
            revoke all on database template1 from public;
            """, cancel);
    }

    private static async Task<bool> ExistsAsync(this NpgsqlConnection connection, string sql, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    // Statements like these take no parameters.
    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
