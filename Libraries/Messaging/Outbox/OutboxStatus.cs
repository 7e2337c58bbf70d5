namespace Shop.Messaging.Outbox;

/// <summary>Events that are not published yet.</summary>
/// <param name="Backlog">Their number; counted up to 100,000 a shard.</param>
/// <param name="Age">Of the oldest of them.</param>
/// <param name="HorizonAge">Of the oldest running transaction: how far back the relay has to read.</param>
public sealed record OutboxStatus(long Backlog, TimeSpan Age, TimeSpan HorizonAge, IReadOnlyList<ShardStatus> Shards);

/// <summary>The same for one shard.</summary>
public sealed record ShardStatus(int Shard, long Backlog, TimeSpan Age);
