namespace Shop.Catalog.Search;

/// <summary>
/// Folds text to the letters that search compares: lower case, no accents, half-width instead of full-width forms, composed Hangul syllables.
/// Not with string.Normalize, which does nothing in invariant globalization mode.
/// </summary>
internal static class Letters
{
    private const char FirstSyllable = '\uAC00';
    private const char LastSyllable = '\uD7A3';
    private const char FirstLead = '\u1100';
    private const char FirstVowel = '\u1161';
    private const char FirstTail = '\u11A7';       // one before the first: 0 is "no final consonant"
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿāăąćčďđēęěğīłńňōőœřśşšţťūůűźżž";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyyaaaccddeeegilnnooorsssttuuuzzz";

    public static bool IsHangul(char letter) => letter is >= FirstSyllable and <= LastSyllable;

    public static bool HasHangul(string word) => word.Any(IsHangul);

    /// <summary>The folded letter, or '\0' for everything that is neither a letter nor a digit.</summary>
    public static char Fold(char c)
    {
        if (c is >= '\uFF01' and <= '\uFF5E')      // full-width ASCII
            c = (char)(c - 0xFEE0);

        if (!char.IsLetterOrDigit(c))              // surrogates are none: emoji separate words
            return '\0';

        c = char.ToLowerInvariant(c);
        var accented = c < 'à' ? -1 : Accented.IndexOf(c, StringComparison.Ordinal);
        return accented < 0 ? c : Plain[accented];
    }

    /// <summary>Composes decomposed text: Hangul syllables from jamo, letters without the combining accents that follow them.</summary>
    public static string Compose(string text)
    {
        if (!text.Any(c => IsJamo(c) || IsAccent(c)))
            return text;

        var composed = new List<char>(text.Length);
        foreach (var c in text)
        {
            var last = composed.Count > 0 ? composed[^1] : '\0';
            if (c - FirstVowel is >= 0 and < Vowels and var vowel && last - FirstLead is >= 0 and < Leads and var lead)
                composed[^1] = (char)(FirstSyllable + (lead * Vowels + vowel) * Tails);
            else if (c - FirstTail is > 0 and < Tails and var tail && IsHangul(last) && (last - FirstSyllable) % Tails == 0)
                composed[^1] = (char)(last + tail);
            else if (!IsAccent(c))
                composed.Add(c);
        }

        return new string([.. composed]);
    }

    private static bool IsJamo(char c) => c is >= FirstLead and <= '\u11FF';

    private static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036F';
}
