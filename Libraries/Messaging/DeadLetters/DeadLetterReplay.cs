using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Telemetry;
using Shop.Persistence.Connections;
using Shop.Persistence.Schema;

namespace Shop.Messaging.DeadLetters;

/// <summary>Handles the parked events of one consumer and key, oldest first, in one transaction.</summary>
internal sealed partial class DeadLetterReplay(
    IServiceScopeFactory scopes, ServiceDatabase service, MessagingDefinition definition, ILogger<DeadLetterReplay> logger)
{
    public async Task<ReplayResult> ReplayAsync(Guid id, string by, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = service.Of(scope.ServiceProvider);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // A key with many dead letters takes longer than the timeout of a business transaction.
        await db.Database.ExecuteSqlAsync($"set local transaction_timeout = 0", cancel);
        if (await KeyOfAsync(db, id, cancel) is not var (consumer, key))
            return new(0, null, "There is no such dead letter.");
        await db.LockKeyAsync(consumer, key, cancel);

        Guid current = default;
        try
        {
            var letters = await ParkedAsync(db, consumer, key, cancel);
            foreach (var (letter, received) in letters)
            {
                current = letter;
                var handler = definition.HandlerOf(received.Context.Type, consumer)
                    ?? throw new InvalidOperationException($"{consumer} does not handle {received.Context.Type} any more.");
                using var span = ConsumerTelemetry.StartHandle(new(received, handler));
                await handler.HandleAsync(scope.ServiceProvider, handler.Read(received.Payload), received.Context, cancel);
                await db.SaveChangesAsync(cancel);   // after each, to know which one fails
            }
            await ResolveAsync(db, [.. letters.Select(letter => letter.Id)], by, cancel);
            await transaction.CommitAsync(cancel);
            LogReplayed(letters.Count, consumer, key, by);
            return new(letters.Count, null, null);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            // Disposal rolls the transaction back.
            LogFailed(failure, consumer, key);
            return new(0, current, failure.Message);
        }
    }

    private static async Task<(string Consumer, string Key)?> KeyOfAsync(DbContext db, Guid id, CancellationToken cancel)
    {
        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select consumer, key from messaging.dead_letter where id = $1") { Parameters = { new() { Value = id } } });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetString(0), reader.GetString(1)) : null;
    }

    private static async Task<List<(Guid Id, ReceivedEvent Event)>> ParkedAsync(DbContext db, string consumer, string key, CancellationToken cancel)
    {
        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            select id, event_id, topic, partition, record, key, type, source, occurred_at, traceparent, payload, attempts
            from messaging.dead_letter where consumer = $1 and key = $2 and status = 'parked' order by position for update
            """) { Parameters = { new() { Value = consumer }, new() { Value = key } } });
        var letters = new List<(Guid, ReceivedEvent)>();
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var context = new EventContext
            {
                EventId = reader.GetGuid(1),
                Topic = reader.GetString(2),
                Partition = reader.GetInt32(3),
                Offset = reader.GetInt64(4),
                Key = reader.GetString(5),
                Type = reader.GetString(6),
                Source = reader.GetString(7),
                Time = reader.GetFieldValue<DateTimeOffset>(8),
                Attempt = reader.GetInt32(11) + 1,
                IsReplay = true,
            };
            letters.Add((reader.GetGuid(0), new(context, reader.GetFieldValue<byte[]>(10), reader.IsDBNull(9) ? null : reader.GetString(9), null)));
        }
        return letters;
    }

    private static async Task ResolveAsync(DbContext db, Guid[] ids, string by, CancellationToken cancel)
    {
        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("update messaging.dead_letter set status = 'replayed', resolved_at = now(), resolved_by = $2 where id = any($1)")
        {
            Parameters = { new() { Value = ids }, new() { Value = by } },
        });
        await batch.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(LogLevel.Information, "{Count} dead letters of {Consumer} and {Key} replayed by {By}")]
    private partial void LogReplayed(int count, string consumer, string key, string by);

    [LoggerMessage(LogLevel.Warning, "Replay of the dead letters of {Consumer} and {Key} failed")]
    private partial void LogFailed(Exception failure, string consumer, string key);
}
