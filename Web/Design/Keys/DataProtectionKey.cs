namespace Shop.Design.Keys;

/// <summary>A Data Protection key, encrypted (<see cref="KeyEncryption"/>). All replicas have the same ones.</summary>
internal sealed class DataProtectionKey
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Xml { get; init; }
}
