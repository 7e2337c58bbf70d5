using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Shop.Messaging.Database;

/// <summary>Messaging's own tables: numbered SQL files, each applied once, in order, in a transaction with its mark.</summary>
internal static class MessagingSchema
{
    private static readonly IReadOnlyList<(int Number, string Name)> Scripts = typeof(MessagingSchema).Assembly.GetManifestResourceNames()
        .Where(name => name.Length > 5 && name[4] == '_' && name.Take(4).All(char.IsAsciiDigit))
        .Select(name => (int.Parse(name[..4], CultureInfo.InvariantCulture), name))
        .Order()
        .ToList();

    public static int Latest => Scripts[^1].Number;

    /// <summary>Brings the schema up to date. The caller holds the migration lock.</summary>
    public static async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using (var create = new NpgsqlCommand("""
            create schema if not exists messaging;
            create table if not exists messaging.schema_version (number integer primary key, applied_at timestamptz not null default now());
            """, connection))
        {
            await create.ExecuteNonQueryAsync(cancel);
        }

        var applied = await AppliedAsync(connection, cancel);
        foreach (var (number, name) in Scripts.Where(script => script.Number > applied))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await using var script = new NpgsqlCommand(Read(name), connection, transaction) { CommandTimeout = 0 };
            await script.ExecuteNonQueryAsync(cancel);
            await using var mark = new NpgsqlCommand("insert into messaging.schema_version (number) values ($1)", connection, transaction)
            {
                Parameters = { new() { Value = number } },
            };
            await mark.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    private static async Task<int> AppliedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(number), 0) from messaging.schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
