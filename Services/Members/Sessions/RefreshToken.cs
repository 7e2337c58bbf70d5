using System.Buffers.Text;
using System.Security.Cryptography;

namespace Shop.Members.Sessions;

/// <summary>The session's id, random bytes and a proof that it was issued here, as base64url. Only the hash is stored: read access to the database does not yield tokens.</summary>
/// <param name="WasIssued">It was issued for this session at some time: its proof is right.</param>
internal sealed record RefreshToken(Guid SessionId, string Value, bool WasIssued)
{
    public byte[] Hash => SHA256.HashData(Base64Url.DecodeFromChars(Value));
}
