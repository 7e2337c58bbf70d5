

namespace Shop.Messaging.Outbox;

/// <summary>A row of the outbox that is being published.</summary>
internal sealed record UnpublishedEvent(
    Guid EventId, long Position, short Shard, string Topic, string Key, string Type, string? TraceParent, string? TraceState, string? Headers, byte[] Payload);

/// <summary>The result of one read of a shard, and the cursor after its publication.</summary>
/// <param name="Cursor">The shard's cursor at the time of the read.</param>
/// <param name="Target">The snapshot up to which events were read.</param>
/// <param name="WithinWindow">This read continued an incomplete one: there may be further events after its target.</param>
/// <param name="Complete">False: there are further events up to <paramref name="Target"/>; the cursor then lies within the window, after the last position.</param>
internal sealed record ShardRead(short Shard, int Generation, string Cursor, string Target, bool WithinWindow, bool Complete, IReadOnlyList<UnpublishedEvent> Events)
{
    public long LastPosition => Events.Count > 0 ? Events[^1].Position : 0;

    public bool MayHaveMore => WithinWindow || !Complete;
}
