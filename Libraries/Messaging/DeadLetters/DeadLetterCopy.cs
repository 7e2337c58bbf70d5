using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Outbox;

namespace Shop.Messaging.DeadLetters;

/// <summary>Copies a dead letter to the dead-letter topic. The row is complete; the copy is cut to the size of an event.</summary>
internal sealed class DeadLetterCopy(OutboxAppender outbox, IOptions<MessagingOptions> options)
{
    private const int LongestReason = 1000;

    public OutboxRow Of(Delivery delivery, string reason)
    {
        var context = delivery.Event.Context;
        var payload = delivery.Event.Payload;
        var headers = new Dictionary<string, string>
        {
            ["dead_event_id"] = context.EventId.ToString(),
            ["dead_consumer"] = delivery.Handler.Consumer,
            ["dead_reason"] = StoredText.Cut(reason, LongestReason),
            ["dead_offset"] = string.Create(CultureInfo.InvariantCulture, $"{context.Partition}/{context.Offset}"),
        };
        var longest = options.Value.MaxEventBytes;
        if (payload.Length > longest)
        {
            headers["dead_payload_cut"] = string.Create(CultureInfo.InvariantCulture, $"the first {longest} of {payload.Length} bytes");
            payload = payload[..longest];
        }
        return outbox.Row(DeadTopics.Of(context.Topic), context.Key.Length > 0 ? context.Key : context.EventId.ToString(), context.Type, payload, Activity.Current, headers);
    }
}
