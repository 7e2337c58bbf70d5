using Npgsql;

namespace Shop.AppHost.Infrastructure.Postgres;

/// <summary>Makes a service's role and database, and keeps everybody else out. Runs at every start of the server, on any server: what is there stays.</summary>
internal static class ServiceDatabaseSetup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task MakeAsync(ServiceDatabase database, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        cancel = deadline.Token;

        var superuser = await database.Parent.GetConnectionStringAsync(cancel);
        var password = await database.Password.GetValueAsync(cancel)
            ?? throw new InvalidOperationException($"The parameter {database.Password.Name} has no value.");

        // Not pooled: a kept connection would be a broken one after the server was started again.
        await using var connection = new NpgsqlConnection($"{superuser};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancel);

        var role = Quoted(database.Service);
        var isThere = await connection.ExistsAsync("select 1 from pg_roles where rolname = $1", database.Service, cancel);
        await connection.ExecuteAsync(
            $"{(isThere ? "alter" : "create")} role {role} with login nosuperuser nocreatedb nocreaterole noreplication password {Literal(password)}", cancel);

        if (!await connection.ExistsAsync("select 1 from pg_database where datname = $1", database.Service, cancel))
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
