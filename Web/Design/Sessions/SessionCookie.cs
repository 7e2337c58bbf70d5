using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shop.Design.Sessions;

/// <summary>
/// The cookie: a random id and nothing else. <c>__Host-</c> binds it to this host and to secure connections; browsers count http://localhost as one. Cookies ignore ports,
/// so each program has a name of its own.
/// </summary>
internal sealed record SessionCookie(string Name)
{
    private const int Length = 32;

    public byte[]? HashOf(HttpContext http) => http.Request.Cookies[Name] is { Length: > 0 and < 100 } id ? Hash(id) : null;

    /// <returns>The hash of the new id.</returns>
    public byte[] Issue(HttpContext http, TimeSpan lifetime)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));
        http.Response.Cookies.Append(Name, id, Options(lifetime));
        return Hash(id);
    }

    /// <summary>The same id, for longer. Not of a session that began or ended with this request.</summary>
    public void Extend(HttpContext http, TimeSpan lifetime)
    {
        if (HashOf(http) is not null && !http.Response.Headers.SetCookie.Any(set => set?.StartsWith($"{Name}=", StringComparison.Ordinal) == true))
            http.Response.Cookies.Append(Name, http.Request.Cookies[Name]!, Options(lifetime));
    }

    public void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options(null));

    private static byte[] Hash(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id));

    private static CookieOptions Options(TimeSpan? lifetime) => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime, IsEssential = true };
}
