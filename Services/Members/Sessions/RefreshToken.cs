using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Shop.Members.Sessions;

/// <summary>The session's id and 32 random bytes, as base64url. Stored is only the hash: who reads the database cannot sign in with it.</summary>
public sealed record RefreshToken(Guid SessionId, string Value)
{
    private const int IdLength = 16;
    private const int SecretLength = 32;

    public byte[] Hash => SHA256.HashData(Base64Url.DecodeFromChars(Value));

    public static RefreshToken New(Guid sessionId)
    {
        Span<byte> bytes = stackalloc byte[IdLength + SecretLength];
        sessionId.TryWriteBytes(bytes, bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes[IdLength..]);
        return new(sessionId, Base64Url.EncodeToString(bytes));
    }

    /// <returns>Null for what never was a token of ours.</returns>
    public static RefreshToken? Parse(string value)
    {
        Span<byte> bytes = stackalloc byte[IdLength + SecretLength];
        return value.Length == Base64Url.GetEncodedLength(bytes.Length)
            && Base64Url.DecodeFromChars(value, bytes, out _, out var length) == OperationStatus.Done
            && length == bytes.Length
            ? new(new Guid(bytes[..IdLength], bigEndian: true), value)
            : null;
    }
}
