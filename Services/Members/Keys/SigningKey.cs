using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Members.Keys;

/// <summary>A key pair that signs tokens for a while. It is published before that, and for longer than its last token lives.</summary>
public sealed class SigningKey
{
    /// <summary>The <c>kid</c> of the tokens that it signs.</summary>
    public required string Id { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>PKCS #8, as <see cref="KeyEncryption"/> leaves it.</summary>
    public required byte[] EncryptedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it signs: until the next one does.</summary>
    public required DateTimeOffset ActiveFrom { get; init; }
}

internal sealed class SigningKeyMapping : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> key)
    {
        key.Property(k => k.Id).HasMaxLength(64);
    }
}
