using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Persistence.Connections;

namespace Shop.Messaging.DeadLetters;

internal static class DeadLetterKeyLock
{
    /// <summary>One at a time, until the end of the transaction: parking behind a letter, and replaying or discarding it.</summary>
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
