using System.Text;
using Shop.ServiceDefaults.Text;

namespace Shop.ServiceDefaults;

/// <summary>
/// Unicode's normal forms. <c>string.Normalize</c> cannot be used: without ICU (InvariantGlobalization) it answers its argument, whatever that is.
/// </summary>
public static class TextForm
{
    /// <summary>NFC: the form that texts are kept in. One letter typed whole and typed in pieces is the same text in it.</summary>
    /// <param name="text">With no half surrogate pairs.</param>
    public static string Nfc(string text) => IsLatin(text) || !text.EnumerateRunes().Any(Decompositions.MayChange) ? text : Compose(Decompose(text, Decompositions.Canonical));

    /// <summary>What two identifiers have in common that look the same: NFKC, without case and without invisible characters. To compare by, not to show.</summary>
    /// <param name="text">With no half surrogate pairs.</param>
    public static string Lookalike(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text.ToLowerInvariant();

        var visible = string.Concat(text.EnumerateRunes().Where(rune => rune.Value == ' ' || !Invisible.Is(rune)));
        return Compose(Decompose(visible.ToLowerInvariant(), Decompositions.Compatible)).ToLowerInvariant();
    }

    // Nothing below U+0300 composes, and all of it is composed.
    private static bool IsLatin(string text) => text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0;

    private static List<Rune> Decompose(string text, Func<Rune, IEnumerable<Rune>> decompose)
    {
        var runes = text.EnumerateRunes().SelectMany(decompose).ToList();

        // Marks stand in the order of their classes, those of one class in the order they came in.
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

    /// <summary>Each mark joins the letter before it, unless one of its own class or a higher one stands in between.</summary>
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
