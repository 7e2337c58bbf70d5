using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Persistence.Connections;

namespace Shop.Messaging.DeadLetters;

internal static class DeadLetterKeyLock
{
    /// <summary>Serialises, per consumer and key, parking behind a dead letter and its replay. Held until the end of the transaction.</summary>
    public static async Task LockKeyAsync(this DbContext db, string consumer, string key, CancellationToken cancel)
    {
        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 7))")
        {
            Parameters = { new() { Value = consumer }, new() { Value = key } },
        });
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
