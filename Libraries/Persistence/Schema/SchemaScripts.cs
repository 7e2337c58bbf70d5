using Npgsql;

namespace Shop.Persistence.Schema;

/// <summary>Applies the libraries' scripts, each in one transaction with the record that it was applied.</summary>
internal sealed class SchemaScripts
{
    private readonly IReadOnlyList<SchemaDefinition> _schemas;

    public SchemaScripts(IEnumerable<SchemaDefinition> schemas)
    {
        // Persistence's own first: the others depend on it.
        _schemas = [new("persistence", typeof(SchemaScripts).Assembly), .. schemas];
        Latest = _schemas.ToDictionary(schema => schema.Name, schema => schema.Scripts[^1].Number);
    }

    /// <summary>The libraries and the number of their last script.</summary>
    public IReadOnlyDictionary<string, int> Latest { get; }

    /// <summary>Brings the tables up to date. The caller holds the migration lock.</summary>
    public async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using (var create = new NpgsqlCommand("""
            create schema if not exists persistence;
            create table if not exists persistence.schema_version (
                library    text        not null,
                number     integer     not null,
                applied_at timestamptz not null default now(),
                constraint schema_version_pkey primary key (library, number)
            );
            """, connection))
        {
            await create.ExecuteNonQueryAsync(cancel);
        }

        foreach (var schema in _schemas)
        {
            var applied = await AppliedAsync(connection, schema.Name, cancel);
            foreach (var (number, resource) in schema.Scripts.Where(script => script.Number > applied))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await using var script = new NpgsqlCommand(schema.Read(resource), connection, transaction) { CommandTimeout = 0 };
                await script.ExecuteNonQueryAsync(cancel);
                await using var mark = new NpgsqlCommand("insert into persistence.schema_version (library, number) values ($1, $2)", connection, transaction)
                {
                    Parameters = { new() { Value = schema.Name }, new() { Value = number } },
                };
                await mark.ExecuteNonQueryAsync(cancel);
                await transaction.CommitAsync(cancel);
            }
        }
    }

    private static async Task<int> AppliedAsync(NpgsqlConnection connection, string library, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(number), 0) from persistence.schema_version where library = $1", connection)
        {
            Parameters = { new() { Value = library } },
        };
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }
}
