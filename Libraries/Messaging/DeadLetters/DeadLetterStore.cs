using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Telemetry;
using Shop.Persistence.Connections;

namespace Shop.Messaging.DeadLetters;

/// <summary>Parks deliveries: a row, and a copy on the dead-letter topic, both in the transaction of the inbox mark.</summary>
internal sealed class DeadLetterStore(DeadLetterCopy copies, EventIds ids)
{
    private const int LongestReason = 4000;
    private const int LongestStack = 8000;
    private const string ParkedBehind = "an earlier event of the same key is parked";

    public Task ParkAsync(DbContext db, Delivery delivery, Exception reason, int attempts, CancellationToken cancel) =>
        AddAsync(db, delivery, $"{reason.GetType().Name}: {reason.Message}", reason.ToString(), attempts, cancel);

    /// <summary>Parks a delivery because an earlier event of its key is parked: it must not overtake that event.</summary>
    public Task ParkBehindAsync(DbContext db, Delivery delivery, CancellationToken cancel) => AddAsync(db, delivery, ParkedBehind, null, attempts: 0, cancel);

    /// <summary>
    /// Whether events of the delivery's consumer and key are still parked, read under the lock that a replay holds: a replay after this transaction includes the event;
    /// after an earlier replay the event may be handled.
    /// </summary>
    public async Task<bool> IsStillParkedAsync(DbContext db, Delivery delivery, CancellationToken cancel)
    {
        await db.LockKeyAsync(delivery.Handler.Consumer, delivery.Event.Context.Key, cancel);
        await using var query = db.CreateBatch();
        query.BatchCommands.Add(new NpgsqlBatchCommand("select exists (select from messaging.dead_letter where status = 'parked' and consumer = $1 and key = $2)")
        {
            Parameters = { new() { Value = delivery.Handler.Consumer }, new() { Value = delivery.Event.Context.Key } },
        });
        // Dead letters of this batch are not saved yet.
        return await query.ExecuteScalarAsync(cancel) is true
            || db.ChangeTracker.Entries<DeadLetterRow>().Any(row => (row.Entity.Consumer, row.Entity.Key) == delivery.ConsumerAndKey);
    }

    private async Task AddAsync(DbContext db, Delivery delivery, string reason, string? stack, int attempts, CancellationToken cancel)
    {
        // Known although its inbox mark was not: the mark is past its retention. The event is parked already, or was replayed or discarded.
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
        await using var query = db.CreateBatch();
        query.BatchCommands.Add(new NpgsqlBatchCommand("select exists (select from messaging.dead_letter where event_id = $1 and consumer = $2)")
        {
            Parameters = { new() { Value = delivery.Event.Context.EventId }, new() { Value = delivery.Handler.Consumer } },
        });
        return await query.ExecuteScalarAsync(cancel) is true;
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
