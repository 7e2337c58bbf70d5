using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Messaging.Outbox;
using Shop.Messaging.Telemetry;

namespace Shop.Messaging.Consumers;

/// <summary>Parks deliveries: a row for the operators and a copy on the dead-letter topic, both in the transaction of the inbox mark.</summary>
internal sealed class DeadLetterStore(OutboxAppender outbox, TimeProvider clock)
{
    private const int LongestStack = 8000;
    private const string Behind = "an earlier event of the same key is parked";

    public void Park(DbContext db, Delivery delivery, Exception reason, int attempts) =>
        Add(db, delivery, $"{reason.GetType().Name}: {reason.Message}", reason.ToString(), attempts);

    /// <summary>An earlier event of the same key waits: this one must not overtake it.</summary>
    public void ParkBehind(DbContext db, Delivery delivery) => Add(db, delivery, Behind, null, attempts: 0);

    /// <summary>
    /// Whether the delivery's line is still parked, asked under the lock that a replay holds: either the replay comes after this transaction and takes the event along,
    /// or it came before and the event may be handled.
    /// </summary>
    public async Task<bool> IsStillParkedAsync(DbContext db, Delivery delivery, CancellationToken cancel)
    {
        await db.LockLineAsync(delivery.Handler.Consumer, delivery.Event.Context.Key, cancel);
        await using var ask = db.CreateBatch();
        ask.BatchCommands.Add(new NpgsqlBatchCommand("select exists (select from messaging.dead_letter where status = 'parked' and consumer = $1 and key = $2)")
        {
            Parameters = { new() { Value = delivery.Handler.Consumer }, new() { Value = delivery.Event.Context.Key } },
        });
        // Letters of this very batch are not saved yet.
        return await ask.ExecuteScalarAsync(cancel) is true
            || db.ChangeTracker.Entries<DeadLetterRow>().Any(row => (row.Entity.Consumer, row.Entity.Key) == delivery.Line);
    }

    private void Add(DbContext db, Delivery delivery, string reason, string? stack, int attempts)
    {
        var context = delivery.Event.Context;
        db.Add(new DeadLetterRow
        {
            Id = EventId.Next(clock),
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
            Reason = Clean(reason),
            Stack = stack is null ? null : Clean(stack),
            Attempts = attempts,
            TraceId = TraceIdOf(delivery.Event),
        });
        db.Add(outbox.Row(DeadTopics.Of(context.Topic), context.Key.Length > 0 ? context.Key : context.EventId.ToString(), context.Type, delivery.Event.Payload, Activity.Current,
            new Dictionary<string, string>
            {
                ["dead_event_id"] = context.EventId.ToString(),
                ["dead_consumer"] = delivery.Handler.Consumer,
                ["dead_reason"] = Clean(reason),
                ["dead_offset"] = string.Create(CultureInfo.InvariantCulture, $"{context.Partition}/{context.Offset}"),
            }));
        ConsumerTelemetry.Parked(delivery);
    }

    private static string? TraceIdOf(ReceivedEvent received) =>
        ActivityContext.TryParse(received.TraceParent, null, out var trace) ? trace.TraceId.ToHexString() : null;

    // PostgreSQL's text knows no NUL, and nobody reads more than the beginning.
    private static string Clean(string text) => (text.Length > LongestStack ? text[..LongestStack] : text).Replace('\0', '\uFFFD');
}
