

namespace Shop.Messaging.Outbox;

/// <summary>A row of the outbox on its way to the broker.</summary>
internal sealed record UnpublishedEvent(
    Guid EventId, long Position, short Shard, string Topic, string Key, string Type, string? TraceParent, string? TraceState, string? Headers, byte[] Payload);

/// <summary>What one read of a shard brought, and how far the cursor stands once it is published.</summary>
/// <param name="Cursor">Where the shard's cursor stood when it was read.</param>
/// <param name="Target">The snapshot up to which was read.</param>
/// <param name="WithinWindow">An earlier read was not complete: this one took up its rest, and there may be more after its target.</param>
/// <param name="Complete">False: there is more up to <paramref name="Target"/>; the cursor then stands within the window, after the last position.</param>
internal sealed record ShardRead(short Shard, int Generation, string Cursor, string Target, bool WithinWindow, bool Complete, IReadOnlyList<UnpublishedEvent> Events)
{
    public long LastPosition => Events.Count > 0 ? Events[^1].Position : 0;

    public bool MayHaveMore => WithinWindow || !Complete;
}
