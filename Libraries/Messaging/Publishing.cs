using System.Diagnostics;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Shop.Messaging.Events;
using Shop.Messaging.Outbox;

namespace Shop.Messaging;

/// <summary>Publishing of events through the outbox.</summary>
public static class Publishing
{
    /// <summary>
    /// Adds an event to the outbox, a row of the next SaveChanges: it is published if and only if the change that it reports is committed.
    /// Topic and key come from the event's contract. Not thread-safe, like the context.
    /// </summary>
    /// <exception cref="InvalidOperationException">The service does not own the topic, the contract has no key or its field is empty, or the event or key is too long.</exception>
    public static void Publish(this DbContext db, IMessage message) =>
        db.Publish(message, EventContract.Of(message.Descriptor).KeyOf(message));

    /// <inheritdoc cref="Publish(DbContext, IMessage)"/>
    /// <param name="key">Events of one key stay in order. At most 1,000 bytes of UTF-8, without NUL.</param>
    public static void Publish(this DbContext db, IMessage message, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var contract = EventContract.Of(message.Descriptor);
        var outbox = db.GetService<OutboxAppender>();
        db.Add(outbox.Row(contract.Topic, key, contract.Type, message.ToByteArray(), Activity.Current));
    }
}
