using System.Diagnostics;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Shop.Messaging.Events;
using Shop.Messaging.Outbox;

namespace Shop.Messaging;

public static class Publishing
{
    /// <summary>
    /// Adds an event to the outbox: a row in the next SaveChanges, so it is published if and only if the change it reports is committed.
    /// Topic and key come from the event's contract.
    /// </summary>
    public static void Publish(this DbContext db, IMessage message) =>
        db.Publish(message, EventContract.Of(message.Descriptor).KeyOf(message));

    /// <inheritdoc cref="Publish(DbContext, IMessage)"/>
    /// <param name="key">Events of one key stay in order.</param>
    public static void Publish(this DbContext db, IMessage message, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var contract = EventContract.Of(message.Descriptor);
        var outbox = db.GetService<OutboxAppender>();
        db.Add(outbox.Row(contract.Topic, key, contract.Type, message.ToByteArray(), Activity.Current));
    }
}
