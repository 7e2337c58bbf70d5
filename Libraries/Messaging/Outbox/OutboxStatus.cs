namespace Shop.Messaging.Outbox;

/// <summary>What is not published yet.</summary>
/// <param name="Backlog">Committed events that are not published yet.</param>
/// <param name="Age">Of the oldest of them.</param>
/// <param name="HorizonAge">Of the oldest transaction still running: how far back the relay has to look.</param>
public sealed record OutboxStatus(long Backlog, TimeSpan Age, TimeSpan HorizonAge, IReadOnlyList<ShardStatus> Shards);

public sealed record ShardStatus(int Shard, long Backlog, TimeSpan Age);
