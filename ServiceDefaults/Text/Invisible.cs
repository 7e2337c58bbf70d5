using System.Globalization;
using System.Text;

namespace Shop.ServiceDefaults.Text;

/// <summary>Invisible characters: controls, spaces, joiners and direction marks, and empty letters.</summary>
internal static class Invisible
{
    // Unicode's Default_Ignorable_Code_Point outside the categories below, and characters with an empty glyph: the blank Braille pattern, the null notehead.
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x2800, 0x2800), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1D159, 0x1D159), (0xE0000, 0xE0FFF),
    ];

    public static bool Is(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || Array.Exists(Ranges, range => rune.Value >= range.First && rune.Value <= range.Last);
}
