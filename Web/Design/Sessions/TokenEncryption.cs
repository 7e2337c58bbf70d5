using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Shop.Design.Sessions;

/// <summary>Encrypts a session's tokens. The purpose has the session's id: a ciphertext that was moved to another row cannot be read.</summary>
internal sealed class TokenEncryption(IDataProtectionProvider protection)
{
    public byte[] Encrypt(byte[] idHash, Tokens tokens) => Protector(idHash).Protect(JsonSerializer.SerializeToUtf8Bytes(tokens));

    /// <returns>Null: encrypted with keys that are lost, or damaged. The member signs in again.</returns>
    public Tokens? Decrypt(byte[] idHash, byte[] encrypted)
    {
        try
        {
            return JsonSerializer.Deserialize<Tokens>(Protector(idHash).Unprotect(encrypted));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(byte[] idHash) => protection.CreateProtector("tokens", Convert.ToHexString(idHash));
}
