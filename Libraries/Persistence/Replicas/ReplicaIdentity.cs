namespace Shop.Persistence.Replicas;

/// <summary>This process among the replicas of the service: the owner in leases.</summary>
public sealed class ReplicaIdentity
{
    public Guid Id { get; } = Guid.CreateVersion7();
}
