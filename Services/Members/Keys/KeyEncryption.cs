using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Shop.Members.Keys;

/// <summary>
/// Encrypts private keys with AES-256-GCM: nonce, tag, ciphertext. The key's id is authenticated data, so that a ciphertext cannot be moved to another row.
/// </summary>
internal sealed class KeyEncryption(IOptions<SigningKeyOptions> options)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = NonceLength + TagLength;
    private const int KeyLength = 32;

    private readonly byte[] _key = KeyOf(options.Value.EncryptionKey);

    public byte[] Encrypt(string keyId, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[HeadLength + plain.Length];
        RandomNumberGenerator.Fill(Nonce(bytes));

        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(Nonce(bytes), plain, bytes.AsSpan(HeadLength), Tag(bytes), Encoding.UTF8.GetBytes(keyId));
        return bytes;
    }

    /// <exception cref="SigningKeyLostException">It was encrypted with another key, or is damaged.</exception>
    public byte[] Decrypt(string keyId, byte[] bytes)
    {
        if (bytes.Length < HeadLength)
            throw new SigningKeyLostException(keyId, null);

        var plain = new byte[bytes.Length - HeadLength];
        using var aes = new AesGcm(_key, TagLength);
        try
        {
            aes.Decrypt(Nonce(bytes), bytes.AsSpan(HeadLength), Tag(bytes), plain, Encoding.UTF8.GetBytes(keyId));
            return plain;
        }
        catch (AuthenticationTagMismatchException failure)
        {
            throw new SigningKeyLostException(keyId, failure);
        }
    }

    private static byte[] KeyOf(string secret)
    {
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret, bytes, out var length) && length == KeyLength
            ? bytes[..KeyLength]
            : HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyLength, info: "shop signing keys"u8.ToArray());
    }

    private static Span<byte> Nonce(byte[] bytes) => bytes.AsSpan(0, NonceLength);

    private static Span<byte> Tag(byte[] bytes) => bytes.AsSpan(NonceLength, TagLength);
}
