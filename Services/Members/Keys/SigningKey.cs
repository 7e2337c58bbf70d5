
namespace Shop.Members.Keys;

/// <summary>A key pair that signs tokens for a period. It is published before that period, and after it until its last token has expired.</summary>
internal sealed class SigningKey
{
    /// <summary>The <c>kid</c> of the tokens that it signs.</summary>
    public required string Id { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>PKCS #8, encrypted by <see cref="KeyEncryption"/>.</summary>
    public required byte[] EncryptedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it begins to sign. It ends when the next key begins.</summary>
    public required DateTimeOffset ActiveFrom { get; init; }
}
