using System.Buffers.Text;
using System.Security.Cryptography;

namespace Shop.Members.Sessions;

/// <summary>The session's id, random bytes and a proof that it was issued here, as base64url. Stored is only the hash: who reads the database cannot sign in with it.</summary>
/// <param name="WasIssued">Here, for this session, some time: its proof is right. A token that somebody made up has none.</param>
public sealed record RefreshToken(Guid SessionId, string Value, bool WasIssued)
{
    public byte[] Hash => SHA256.HashData(Base64Url.DecodeFromChars(Value));
}
