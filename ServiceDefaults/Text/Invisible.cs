using System.Globalization;
using System.Text;

namespace Shop.ServiceDefaults.Text;

/// <summary>Characters that leave nothing to see: controls, spaces, what joins or turns the direction of others, and letters that are empty.</summary>
internal static class Invisible
{
    // Unicode's Default_Ignorable_Code_Point, as far as the category does not say it, and what is drawn as nothing: the empty Braille cell, a musical note without a head.
    private static readonly (int First, int Last)[] s_ranges =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x2800, 0x2800), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1D159, 0x1D159), (0xE0000, 0xE0FFF),
    ];

    public static bool Is(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || Array.Exists(s_ranges, range => rune.Value >= range.First && rune.Value <= range.Last);
}
