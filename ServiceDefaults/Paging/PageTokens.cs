using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.ServiceDefaults.Paging;

/// <summary>
/// Page tokens: the position in a list (sort, filter, last key), signed so that clients can neither create nor change one. Not encrypted: they hold nothing that their
/// bearer may not see. Thread-safe.
/// </summary>
/// <remarks>Format: base64url(HMAC-SHA256(key, list name, 0, payload) + payload), payload in JSON.</remarks>
public sealed class PageTokens
{
    /// <summary>In characters. Enough for the longest search text in a filter, all emoji, and less than the limit of a request line.</summary>
    public const int MaxLength = 7 * 1024;

    private const string Field = "pageToken";
    private const int MacLength = HMACSHA256.HashSizeInBytes;

    // Unescaped: escapes would double the length of Korean search text. (Emoji are escaped nevertheless.)
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _key;

    internal PageTokens(IOptions<PageTokenOptions> options) => _key = options.Value.KeyAsBytes();

    /// <summary>Creates a token.</summary>
    /// <param name="list">The list's name, such as "catalog.products"; a token is valid for one list only.</param>
    /// <param name="position">A record of what the query needs to continue; serialised as JSON.</param>
    public string Write<T>(string list, T position)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(position, Json);
        return Base64Url.EncodeToString([.. Mac(list, payload), .. payload]);
    }

    /// <summary>Checks and reads a token.</summary>
    /// <exception cref="InvalidException">It was not issued by this shop, or for another list.</exception>
    public T Read<T>(string list, string token)
    {
        if (token.Length > MaxLength || !Base64Url.IsValid(token))
            throw Unknown();

        // The decoder ignores spaces and unused trailing bits; only the canonical form is accepted.
        var bytes = Base64Url.DecodeFromChars(token).AsSpan();
        if (Base64Url.EncodeToString(bytes) != token)
            throw Unknown();
        if (bytes.Length <= MacLength || !CryptographicOperations.FixedTimeEquals(bytes[..MacLength], Mac(list, bytes[MacLength..])))
            throw Unknown();

        try
        {
            return JsonSerializer.Deserialize<T>(bytes[MacLength..], Json) ?? throw Unknown();
        }
        catch (JsonException)
        {
            // A valid signature: issued by another version with another type of position.
            throw Unknown();
        }
    }

    /// <summary>As <see cref="Read"/>, with the error reported together with other fields; null then, and for an empty token, the start of the list.</summary>
    /// <param name="belongs">Whether the position is of the caller's own list, where every caller has one.</param>
    public T? ReadOrDefault<T>(Check check, string list, string? token, Func<T, bool>? belongs = null) where T : class
    {
        if (string.IsNullOrEmpty(token))
            return null;

        try
        {
            var position = Read<T>(list, token);
            return belongs is null || belongs(position) ? position : throw Unknown();
        }
        catch (InvalidException failure)
        {
            check.Add(failure);
            return null;
        }
    }

    private byte[] Mac(string list, ReadOnlySpan<byte> payload) => HMACSHA256.HashData(_key, (byte[])[.. Encoding.UTF8.GetBytes(list), 0, .. payload]);

    private static InvalidException Unknown() => new(Field, "was not issued for this list");
}
