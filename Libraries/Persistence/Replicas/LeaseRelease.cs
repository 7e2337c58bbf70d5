namespace Shop.Persistence.Replicas;

/// <summary>Releases what dead replicas hold, in the transaction that declares them dead.</summary>
/// <param name="Sql">One statement; <c>$1</c> is the ids of the dead replicas (<c>uuid[]</c>).</param>
public sealed record LeaseRelease(string Sql);
