using Google.Protobuf;

namespace Shop.Messaging;

/// <summary>
/// Handles an event. The consumer saves and commits the handler's changes on the service's DbContext, and the events that it publishes, in one transaction with the
/// inbox mark: they take effect exactly once, however often the event is delivered. Resolved from a new scope for each transaction.
/// Events of a key come in order, except one that was missed: it is published again when later ones were handled, and must not undo them (docs/missed-messages.md).
/// </summary>
public interface IHandle<in TEvent> where TEvent : IMessage
{
    /// <summary>
    /// Handles one event. It does not call SaveChanges or commit, and has no effects outside the database: an attempt may be rolled back. To fail, throw: a transient failure is
    /// retried without limit, any other <see cref="Inbox.ConsumerOptions.Attempts"/> times, then the event is parked.
    /// </summary>
    /// <param name="cancel">Cancelled after <see cref="Inbox.ConsumerOptions.HandlerTimeout"/>, or when the partition is revoked.</param>
    Task HandleAsync(TEvent @event, EventContext context, CancellationToken cancel);
}

/// <summary>An event's attributes and its position in Kafka.</summary>
public sealed record EventContext
{
    /// <summary>The event's id (UUIDv7), the same at every delivery.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The protobuf message's full name.</summary>
    public required string Type { get; init; }

    /// <summary>The Kafka topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The aggregate's id.</summary>
    public required string Key { get; init; }

    /// <summary>The service that published it: <c>/shop/ordering</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When it was published, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The partition of the topic.</summary>
    public int Partition { get; init; }

    /// <summary>The record's offset in the partition.</summary>
    public long Offset { get; init; }

    /// <summary>
    /// The keys of all events that share the transaction, this one's included: a handler may load (and lock, in one order) for all of them at once. Empty outside a consumer's batch.
    /// </summary>
    public IReadOnlyCollection<string> BatchKeys { get; init; } = [];

    /// <summary>Counts from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>True: replayed from the dead letters.</summary>
    public bool IsReplay { get; init; }
}
