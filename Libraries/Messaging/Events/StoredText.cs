using System.Security.Cryptography;
using System.Text;

namespace Shop.Messaging.Events;

/// <summary>
/// Text from outside in a form that can be stored: PostgreSQL's text knows no NUL and no half of a surrogate pair, an index entry has a limit, and nobody reads more than
/// the beginning of what is very long.
/// </summary>
internal static class StoredText
{
    /// <summary>In bytes of UTF-8. With a consumer's name it fits into an entry of the index <c>dead_letter_parked</c>, which takes 2,704.</summary>
    public const int LongestKey = 1000;

    private const int BeginningOfKey = 200;

    /// <summary>
    /// A record's key. One that is too long keeps its beginning and gets the digest of the whole: the same key has the same text, and two keys have two, so the order
    /// of each is kept.
    /// </summary>
    public static string Key(byte[]? key)
    {
        if (key is null)
            return "";
        var text = Clean(Encoding.UTF8.GetString(key));
        return Encoding.UTF8.GetByteCount(text) <= LongestKey ? text
            : $"{text[..Boundary(text, BeginningOfKey)]}… [{key.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(key))}]";
    }

    /// <param name="longest">In UTF-16 units. What is longer is cut, with a note of how long it was.</param>
    public static string Cut(string text, int longest) =>
        text.Length <= longest ? Clean(text) : $"{Clean(text[..Boundary(text, longest)])}… [{text.Length} characters]";

    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    private static int Boundary(string text, int length) => length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
