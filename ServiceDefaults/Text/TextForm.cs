using System.Text;
using Shop.ServiceDefaults.Text;

namespace Shop.ServiceDefaults.Text;

/// <summary>
/// Unicode's normal forms. <c>string.Normalize</c> cannot be used: without ICU (InvariantGlobalization) it returns its argument unchanged. Thread-safe.
/// </summary>
public static class TextForm
{
    /// <summary>NFC, the form in which text is stored: precomposed and decomposed letters become equal.</summary>
    /// <param name="text">With no half surrogate pairs.</param>
    public static string Nfc(string text) => IsLatin(text) || !text.EnumerateRunes().Any(Decompositions.MayChange) ? text : Compose(Decompose(text, Decompositions.Canonical));

    /// <summary>A key that is equal for identifiers that look the same: NFKC, lower case, without invisible characters. For comparison only, not for display.</summary>
    /// <param name="text">With no half surrogate pairs.</param>
    public static string Lookalike(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text.ToLowerInvariant();

        var visible = string.Concat(text.EnumerateRunes().Where(rune => rune.Value == ' ' || !Invisible.Is(rune)));
        return Compose(Decompose(visible.ToLowerInvariant(), Decompositions.Compatible)).ToLowerInvariant();
    }

    // Text below U+0300 is in NFC.
    private static bool IsLatin(string text) => text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0;

    private static List<Rune> Decompose(string text, Func<Rune, IEnumerable<Rune>> decompose)
    {
        var runes = text.EnumerateRunes().SelectMany(decompose).ToList();

        // Marks are sorted by combining class; the sort is stable.
        for (var start = 0; start < runes.Count; start++)
        {
            var end = start;
            while (end < runes.Count && Decompositions.ClassOf(runes[end]) > 0)
                end++;
            if (end - start > 1)
                runes.Sorted(start, end);
            start = Math.Max(start, end);
        }

        return runes;
    }

    private static void Sorted(this List<Rune> runes, int start, int end)
    {
        var marks = runes.GetRange(start, end - start).OrderBy(Decompositions.ClassOf).ToList();
        for (var i = 0; i < marks.Count; i++)
            runes[start + i] = marks[i];
    }

    /// <summary>Composes each mark with the preceding letter, unless a mark of its own or a higher class is in between.</summary>
    private static string Compose(List<Rune> runes)
    {
        var composed = new List<Rune>(runes.Count);
        var (letter, lastClass) = (-1, -1);
        foreach (var rune in runes)
        {
            var @class = Decompositions.ClassOf(rune);
            if (letter >= 0 && (lastClass < @class || lastClass == -1) && Decompositions.Compose(composed[letter], rune) is { } joined)
            {
                composed[letter] = joined;
                continue;
            }

            if (@class == 0)
                (letter, lastClass) = (composed.Count, -1);
            else
                lastClass = @class;
            composed.Add(rune);
        }

        return string.Concat(composed);
    }
}
