using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Messaging.Consumers;

namespace Shop.Messaging.Commands;

/// <summary>The rows of idempotent commands, in the transaction of their effects.</summary>
internal static class CommandStore
{
    /// <summary>
    /// Takes the key for this transaction. Whoever comes second with the same key waits here until the first has committed (then it sees its answer)
    /// or given up (then it is the first). Null: nobody has been here before.
    /// </summary>
    public static async Task<CommandRecord?> TakeAsync(this DbContext db, CommandKey key, CancellationToken cancel)
    {
        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(Command("insert into messaging.command (scope, name) values ($1, $2) on conflict do nothing", key));
        batch.BatchCommands.Add(Command("select answer, undone, undo_answer, xmin = pg_current_xact_id()::xid from messaging.command where scope = $1 and name = $2 for update", key));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var record = new CommandRecord(Bytes(0), reader.GetBoolean(1), Bytes(2));
        return reader.GetBoolean(3) ? null : record;

        byte[]? Bytes(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
    }

    public static async Task KeepAsync(this DbContext db, CommandKey key, byte[]? answer, bool undone, byte[]? undoAnswer, CancellationToken cancel)
    {
        await using var batch = db.CreateBatch();
        var command = Command("update messaging.command set answer = $3, undone = $4, undo_answer = $5 where scope = $1 and name = $2", key);
        command.Parameters.Add(Nullable(answer));
        command.Parameters.Add(new() { Value = undone });
        command.Parameters.Add(Nullable(undoAnswer));
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    public static TResponse Read<TResponse>(byte[] answer) where TResponse : IMessage<TResponse>, new()
    {
        var response = new TResponse();
        response.MergeFrom(answer);
        return response;
    }

    private static NpgsqlBatchCommand Command(string sql, CommandKey key) => new(sql)
    {
        Parameters = { new() { Value = key.Scope }, new() { Value = key.Name } },
    };

    private static NpgsqlParameter Nullable(byte[]? bytes) => new() { Value = (object?)bytes ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea };
}

/// <summary>What became of a command. Undone without an answer: a tombstone.</summary>
internal sealed record CommandRecord(byte[]? Answer, bool Undone, byte[]? UndoAnswer);
