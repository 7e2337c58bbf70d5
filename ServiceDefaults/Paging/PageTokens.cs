using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Paging;

namespace Shop.ServiceDefaults;

/// <summary>
/// Where a list goes on: sort, filter and last key in a token that clients can neither make nor change.
/// Not encrypted: it holds nothing that its bearer may not see.
/// </summary>
/// <remarks>Format: base64url(HMAC-SHA256(key, list name, 0, payload) + payload), payload in JSON.</remarks>
public sealed class PageTokens
{
    /// <summary>Of any token that is issued here: the longest search in a filter, all emoji, and still less than a request line holds.</summary>
    public const int MaxLength = 7 * 1024;

    private const string Field = "pageToken";
    private const int MacLength = HMACSHA256.HashSizeInBytes;

    // As it is: a search in Korean would be twice as long in escapes. (Emoji are escaped all the same.)
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _key;

    internal PageTokens(IOptions<PageTokenOptions> options) => _key = options.Value.KeyAsBytes();

    /// <param name="list">Names the list; a token counts for no other one: "catalog.products".</param>
    /// <param name="position">A record of whatever the query needs to go on.</param>
    public string Write<T>(string list, T position)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(position, Json);
        return Base64Url.EncodeToString([.. Mac(list, payload), .. payload]);
    }

    /// <exception cref="InvalidException">It was not issued here, or for another list.</exception>
    public T Read<T>(string list, string token)
    {
        if (token.Length > MaxLength || !Base64Url.IsValid(token))
            throw Unknown();

        // The reader overlooks spaces and unused bits at the end; a token has one spelling.
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
            // Signed by us, so by another version of us whose positions looked different.
            throw Unknown();
        }
    }

    /// <summary>Null where the list begins.</summary>
    public T? ReadOrDefault<T>(string list, string? token) where T : class => string.IsNullOrEmpty(token) ? null : Read<T>(list, token);

    private byte[] Mac(string list, ReadOnlySpan<byte> payload) => HMACSHA256.HashData(_key, (byte[])[.. Encoding.UTF8.GetBytes(list), 0, .. payload]);

    private static InvalidException Unknown() => new(Field, "was not issued for this list");
}
