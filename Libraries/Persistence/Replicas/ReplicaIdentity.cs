namespace Shop.Persistence.Replicas;

/// <summary>Identifies this process among the replicas of the service: the owner of leases. New at each start.</summary>
public sealed class ReplicaIdentity
{
    /// <summary>A UUIDv7.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();
}
