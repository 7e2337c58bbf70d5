using System.Globalization;
using System.Text;

namespace Shop.Notifications.Texts;

/// <summary>A notification in one language. Title and body are one line each; the mail is plain text with several.</summary>
internal sealed record Text(string Title, string Body, string Mail)
{
    private const int LongestInput = 200;

    /// <summary>The parts of the mail are paragraphs.</summary>
    public static Text Of(string title, string body, string greeting, string signature, params IEnumerable<string> more) =>
        new(title, body, $"{string.Join("\n\n", [greeting, body, .. more.Where(part => part.Length > 0), signature])}\n");

    /// <summary>
    /// Input becomes a part of one line: it can neither begin another one, which in a mail would be a header, nor change the direction of what is around it.
    /// </summary>
    public static string Line(string input, int longest = LongestInput)
    {
        var line = new StringBuilder(input.Length);
        foreach (var rune in input.EnumerateRunes().Where(rune => !TurnsDirection(rune)).Take(longest))
            line.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? " " : rune.ToString());
        return line.ToString().Trim();
    }

    private static bool TurnsDirection(Rune rune) => rune.Value is 0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
