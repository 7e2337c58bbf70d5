using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Shop.Members.Keys;

namespace Shop.Members.Sessions;

/// <summary>
/// Creates and parses refresh tokens. A session's id is no secret, so a token contains a keyed hash (HMAC-SHA256, truncated to 16 bytes) as proof that it was issued;
/// this needs no row for each token of a session.
/// </summary>
internal sealed class RefreshTokens(IOptions<SigningKeyOptions> options)
{
    private const int IdLength = 16;
    private const int SecretLength = 16;
    private const int ProofLength = 16;
    private const int Length = IdLength + SecretLength + ProofLength;

    // A derived key, independent of the encryption key.
    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.EncryptionKey), HMACSHA256.HashSizeInBytes, info: "shop refresh tokens"u8.ToArray());

    public RefreshToken New(Guid sessionId)
    {
        Span<byte> bytes = stackalloc byte[Length];
        sessionId.TryWriteBytes(bytes, bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes.Slice(IdLength, SecretLength));
        Proof(bytes).CopyTo(bytes[^ProofLength..]);
        return new(sessionId, Base64Url.EncodeToString(bytes), WasIssued: true);
    }

    /// <returns>Null if it does not have the form of a token.</returns>
    public RefreshToken? Parse(string value)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return value.Length == Base64Url.GetEncodedLength(Length)
            && Base64Url.DecodeFromChars(value, bytes, out _, out var length) == OperationStatus.Done
            && length == Length
            ? new(new Guid(bytes[..IdLength], bigEndian: true), value, CryptographicOperations.FixedTimeEquals(Proof(bytes), bytes[^ProofLength..]))
            : null;
    }

    private ReadOnlySpan<byte> Proof(ReadOnlySpan<byte> token) => HMACSHA256.HashData(_key, token[..^ProofLength]).AsSpan(0, ProofLength);
}
