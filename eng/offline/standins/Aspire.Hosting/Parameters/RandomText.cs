using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

internal static class RandomText
{
    // Letters and digits that are easily mixed up are left out; the special ones need no quoting in URLs and connection strings.
    private const string LowerCase = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>At least 128 bits where nothing else is asked for.</summary>
    private const int DefaultLength = 22;

    public static string Generate(GenerateParameterDefault wish)
    {
        (bool Wanted, string Alphabet, int Min)[] kinds =
        [
            (wish.Lower, LowerCase, wish.MinLower),
            (wish.Upper, UpperCase, wish.MinUpper),
            (wish.Numeric, Digits, wish.MinNumeric),
            (wish.Special, SpecialCharacters, wish.MinSpecial),
        ];
        var bad = kinds.FirstOrDefault(k => k.Min < 0 || (k.Min > 0 && !k.Wanted));
        if (bad.Alphabet is not null || wish.MinLength < 0)
            throw new ArgumentException("A generated parameter asks for a negative number of characters, or for characters that it excludes.");

        var alphabet = string.Concat(kinds.Where(k => k.Wanted).Select(k => k.Alphabet));
        if (alphabet.Length == 0)
            throw new ArgumentException("A generated parameter must allow at least one kind of character.");

        var length = Math.Max(wish.MinLength == 0 ? DefaultLength : wish.MinLength, kinds.Sum(k => k.Min));
        var text = kinds.Where(k => k.Min > 0).SelectMany(k => RandomNumberGenerator.GetItems<char>(k.Alphabet, k.Min)).ToList();
        text.AddRange(RandomNumberGenerator.GetItems<char>(alphabet, length - text.Count));
        var characters = text.ToArray();
        RandomNumberGenerator.Shuffle<char>(characters);
        return new string(characters);
    }
}
