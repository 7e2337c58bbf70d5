using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Shop.Design.Sessions;

namespace Shop.Design.Security;

/// <summary>
/// The antiforgery token of a session's forms: the session's id hash, encrypted, another text on every page. ASP.NET's own needs a second cookie, and refuses to set a
/// secure one without TLS, which browsers allow on localhost.
/// </summary>
internal sealed class FormTokens(IDataProtectionProvider protection)
{
    public const string Field = "form-token";

    private readonly IDataProtector _protector = protection.CreateProtector("forms");

    public string Of(Session session) => Convert.ToBase64String(_protector.Protect(session.IdHash));

    public bool IsValid(Session session, IFormCollection form)
    {
        var text = form[Field].ToString();
        var bytes = new byte[text.Length];
        try
        {
            return Convert.TryFromBase64String(text, bytes, out var length)
                && CryptographicOperations.FixedTimeEquals(_protector.Unprotect(bytes[..length]), session.IdHash);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
