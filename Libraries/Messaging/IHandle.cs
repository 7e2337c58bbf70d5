using Google.Protobuf;

namespace Shop.Messaging;

/// <summary>
/// Reacts to an event. What it changes on the service's DbContext (and publishes) is saved and committed by the consumer in one transaction with the mark
/// that the event was seen: so it happens exactly once, however often the event is delivered. To fail, throw.
/// </summary>
public interface IHandle<in TEvent> where TEvent : IMessage
{
    Task HandleAsync(TEvent @event, EventContext context, CancellationToken cancel);
}

/// <summary>Where an event comes from.</summary>
public sealed record EventContext
{
    /// <summary>The event's own id (UUIDv7), the same at every delivery.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The protobuf message's full name.</summary>
    public required string Type { get; init; }

    public required string Topic { get; init; }

    /// <summary>The aggregate's id.</summary>
    public required string Key { get; init; }

    /// <summary>The service that published it: <c>/shop/ordering</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When it was published, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    public int Partition { get; init; }

    public long Offset { get; init; }

    /// <summary>Counts from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>An operator has replayed it from the dead letters.</summary>
    public bool IsReplay { get; init; }
}
