using System.Globalization;
using System.Text;
using Shop.ServiceDefaults.Text;

namespace Shop.ServiceDefaults.Validation;

/// <summary>
/// Addresses by RFC 5321 and 6531, without quoted names, comments and numeric domains, which are not used in practice. Letters of all scripts on both sides; no invisible
/// characters, which would allow different addresses that look the same.
/// </summary>
internal static class EmailRule
{
    public const int MaxLength = 254;

    private const int MaxLabel = 63;
    private const string Signs = "!#$%&'*+-/=?^_`{|}~";

    public static bool Holds(string address) =>
        address.Split('@') is [var name, var domain] && Array.TrueForAll(name.Split('.'), IsAtom) && IsDomain(domain.Split('.'));

    private static bool IsAtom(string atom) => atom.Length > 0 && atom.EnumerateRunes().All(rune =>
        rune.IsAscii ? Rune.IsLetterOrDigit(rune) || Signs.Contains((char)rune.Value, StringComparison.Ordinal) : !Invisible.Is(rune));

    private static bool IsDomain(string[] labels) => Array.TrueForAll(labels, IsLabel) && !labels[^1].All(char.IsAsciiDigit);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel && label[0] != '-' && label[^1] != '-' && label.EnumerateRunes().All(IsOfLabel);

    private static bool IsOfLabel(Rune rune) => rune.Value == '-' || !Invisible.Is(rune) && (Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
