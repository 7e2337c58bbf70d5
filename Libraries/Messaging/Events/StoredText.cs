using System.Security.Cryptography;
using System.Text;

namespace Shop.Messaging.Events;

/// <summary>
/// Makes text from outside storable: PostgreSQL's text allows neither NUL nor an unpaired surrogate, and an index entry has a size limit. Long text is cut.
/// </summary>
internal static class StoredText
{
    /// <summary>In bytes of UTF-8. Key and consumer name must fit into an entry of the index <c>dead_letter_parked</c>, which takes 2,704 bytes.</summary>
    public const int LongestKey = 1000;

    private const int BeginningOfKey = 200;

    /// <summary>
    /// A record's key as text. A key that is too long is replaced by its beginning and the digest of the whole: equal keys stay equal and different keys different, so
    /// the order of each is kept.
    /// </summary>
    public static string Key(byte[]? key)
    {
        if (key is null)
            return "";
        var text = Clean(Encoding.UTF8.GetString(key));
        return Encoding.UTF8.GetByteCount(text) <= LongestKey ? text
            : $"{text[..Boundary(text, BeginningOfKey)]}… [{key.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(key))}]";
    }

    /// <param name="longest">In UTF-16 units. Longer text is cut and its original length appended.</param>
    public static string Cut(string text, int longest) =>
        text.Length <= longest ? Clean(text) : $"{Clean(text[..Boundary(text, longest)])}… [{text.Length} characters]";

    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    private static int Boundary(string text, int length) => length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
