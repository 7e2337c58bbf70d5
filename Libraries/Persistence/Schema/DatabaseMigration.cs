using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Persistence.Connections;
using Shop.Persistence.Retention;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Persistence.Schema;

/// <summary>
/// Migrates the database at start. Of several replicas that start together one takes the lock and migrates; the others wait and find nothing to do.
/// A start with nothing to migrate costs one query.
/// </summary>
internal sealed partial class DatabaseMigration(
    IServiceScopeFactory scopes, ServiceDatabase service, NpgsqlDataSource source, SessionConnections sessions, SchemaScripts schemas, DayPartitions days,
    DatabaseReadiness readiness, ILogger<DatabaseMigration> logger) : Worker
{
    // "shopmig1". The same for all services: advisory locks are per database, and each service has its own.
    private const long LockKey = 0x73686f706d696731;

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await MigrateAsync(stopping);
                readiness.Migrated();
                return;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested && TransientFailures.IsTransient(failure))
            {
                // The server may start later than the service. Any other failure (a broken migration) ends the process, below.
                var delay = Backoff.Delay(attempt, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
                LogNotReachable(attempt, delay.TotalSeconds, failure.Message);
                await Task.Delay(delay, stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                readiness.Failed(failure);
                throw;
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = service.Of(scope.ServiceProvider);
        var migrations = db.Database.GetMigrations().ToArray();
        if (await IsUpToDateAsync(migrations, cancel))
            return;

        var time = Stopwatch.StartNew();
        await using var connection = await sessions.OpenAsync(cancel);
        await ExecuteAsync(connection, $"set transaction_timeout = 0; set lock_timeout = '5min'; select pg_advisory_lock({LockKey});", cancel);
        try
        {
            if (await IsUpToDateAsync(migrations, cancel))
                return;

            await schemas.ApplyAsync(connection, cancel);
            if (migrations.Length > 0)
            {
                // On this connection, which has no timeouts; EF takes its own lock as well.
                db.Database.SetDbConnection(connection, contextOwnsConnection: false);
                // Otherwise EF finds out by a failed query, which is logged as an error.
                await ExecuteAsync(connection, db.GetService<IHistoryRepository>().GetCreateIfNotExistsScript(), cancel);
                await db.Database.MigrateAsync(cancel);
            }
            // Other replicas may be writing: they must not wait for a partition as long as for a migration. Housekeeping creates missing ones later.
            await ExecuteAsync(connection, "set lock_timeout = '2s'", cancel);
            if (await days.EnsureAsync(connection, cancel) is [var missing, ..])
                LogDayMissing(missing.Message);
            LogMigrated(migrations.Length, string.Join(", ", schemas.Latest.Select(schema => $"{schema.Key} {schema.Value}")), time.Elapsed.TotalSeconds);
        }
        finally
        {
            // The lock ends with the connection.
            db.Database.SetDbConnection(null);
        }
    }

    private async Task<bool> IsUpToDateAsync(string[] migrations, CancellationToken cancel)
    {
        const string Schemas = """
            select (select count(*) from persistence.schema_version where (library, number) in (select * from unnest($1, $2))) = cardinality($1)
            """;
        await using var command = source.CreateCommand(migrations.Length == 0
            ? $"{Schemas} and cardinality($3) = 0"
            : $"""{Schemas} and (select count(*) from "__EFMigrationsHistory" where "MigrationId" = any($3)) = cardinality($3)""");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. schemas.Latest.Keys] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. schemas.Latest.Values] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = migrations });
        try
        {
            return await command.ExecuteScalarAsync(cancel) is true;
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return false;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(LogLevel.Information, "Database migrated: {Migrations} migrations, schemas {Schemas}, {Seconds:0.0} s")]
    private partial void LogMigrated(int migrations, string schemas, double seconds);

    [LoggerMessage(LogLevel.Warning, "Database cannot be reached (attempt {Attempt}), next try in {Seconds:0.0} s: {Reason}")]
    private partial void LogNotReachable(int attempt, double seconds, string reason);

    [LoggerMessage(LogLevel.Warning, "A day's partition could not be created; housekeeping tries again: {Reason}")]
    private partial void LogDayMissing(string reason);
}
