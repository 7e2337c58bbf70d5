using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Telemetry;
using Shop.Persistence.Connections;

namespace Shop.Messaging.DeadLetters;

/// <summary>Parks deliveries: a row for the operators and a copy on the dead-letter topic, both in the transaction of the inbox mark.</summary>
internal sealed class DeadLetterStore(DeadLetterCopy copies, EventIds ids)
{
    private const int LongestReason = 4000;
    private const int LongestStack = 8000;
    private const string Behind = "an earlier event of the same key is parked";

    public Task ParkAsync(DbContext db, Delivery delivery, Exception reason, int attempts, CancellationToken cancel) =>
        AddAsync(db, delivery, $"{reason.GetType().Name}: {reason.Message}", reason.ToString(), attempts, cancel);

    /// <summary>An earlier event of the same key waits: this one must not overtake it.</summary>
    public Task ParkBehindAsync(DbContext db, Delivery delivery, CancellationToken cancel) => AddAsync(db, delivery, Behind, null, attempts: 0, cancel);

    /// <summary>
    /// Whether the delivery's line is still parked, asked under the lock that a replay holds: either the replay comes after this transaction and takes the event along,
    /// or it came before and the event may be handled.
    /// </summary>
    public async Task<bool> IsStillParkedAsync(DbContext db, Delivery delivery, CancellationToken cancel)
    {
        await db.LockKeyAsync(delivery.Handler.Consumer, delivery.Event.Context.Key, cancel);
        await using var ask = db.CreateBatch();
        ask.BatchCommands.Add(new NpgsqlBatchCommand("select exists (select from messaging.dead_letter where status = 'parked' and consumer = $1 and key = $2)")
        {
            Parameters = { new() { Value = delivery.Handler.Consumer }, new() { Value = delivery.Event.Context.Key } },
        });
        // Letters of this very batch are not saved yet.
        return await ask.ExecuteScalarAsync(cancel) is true
            || db.ChangeTracker.Entries<DeadLetterRow>().Any(row => (row.Entity.Consumer, row.Entity.Key) == delivery.Line);
    }

    private async Task AddAsync(DbContext db, Delivery delivery, string reason, string? stack, int attempts, CancellationToken cancel)
    {
        // Its inbox mark is past the retention, or was never kept: ids are the sender's. Parked it is already, or an operator has decided about it.
        if (await IsKnownAsync(db, delivery, cancel))
        {
            ConsumerTelemetry.DroppedDuplicate(delivery);
            return;
        }
        db.Add(Row(delivery, reason, stack, attempts));
        db.Add(copies.Of(delivery, reason));
        ConsumerTelemetry.Parked(delivery);
    }

    private static async Task<bool> IsKnownAsync(DbContext db, Delivery delivery, CancellationToken cancel)
    {
        await using var ask = db.CreateBatch();
        ask.BatchCommands.Add(new NpgsqlBatchCommand("select exists (select from messaging.dead_letter where event_id = $1 and consumer = $2)")
        {
            Parameters = { new() { Value = delivery.Event.Context.EventId }, new() { Value = delivery.Handler.Consumer } },
        });
        return await ask.ExecuteScalarAsync(cancel) is true;
    }

    private DeadLetterRow Row(Delivery delivery, string reason, string? stack, int attempts)
    {
        var context = delivery.Event.Context;
        return new()
        {
            Id = ids.Next(),
            EventId = context.EventId,
            Consumer = delivery.Handler.Consumer,
            Topic = context.Topic,
            Partition = context.Partition,
            Record = context.Offset,
            Key = context.Key,
            Type = context.Type,
            Source = context.Source,
            OccurredAt = context.Time,
            TraceParent = delivery.Event.TraceParent,
            Payload = delivery.Event.Payload,
            Reason = StoredText.Cut(reason, LongestReason),
            Stack = stack is null ? null : StoredText.Cut(stack, LongestStack),
            Attempts = attempts,
            TraceId = TraceIdOf(delivery.Event),
        };
    }

    private static string? TraceIdOf(ReceivedEvent received) =>
        ActivityContext.TryParse(received.TraceParent, null, out var trace) ? trace.TraceId.ToHexString() : null;
}
