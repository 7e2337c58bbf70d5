using System.Buffers;
using System.Text;
using Shop.ServiceDefaults.Text;

namespace Shop.ServiceDefaults.Validation;

internal static class TextRules
{
    // NFC composes at most this many code points into one.
    private const int MostPieces = 8;

    /// <returns>The text in NFC, and what is wrong with it, or null.</returns>
    public static (string Text, string? Fault) Read(string? value, int min, int max, bool isOneLine)
    {
        if (value is null)
            return ("", min > 0 ? "is missing" : null);

        // Text that is certainly too long is not counted; a code point has at most two chars.
        if (value.Length > 2L * MostPieces * max)
            return ("", TooLong(min, max));
        if (!IsWhole(value))
            return ("", "has a character that is not complete");

        var text = TextForm.Nfc(value);
        return (text, Fault(text, min, max, isOneLine));
    }

    private static string? Fault(string text, int min, int max, bool isOneLine)
    {
        var (length, isVisible) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsAllowed(rune, isOneLine))
                return isOneLine ? "must not have control characters or line breaks" : "must not have control characters";
            isVisible |= !Invisible.Is(rune);
            length++;
        }

        if (min > 0 && !isVisible)
            return length == 0 ? "is missing" : "must not be blank";

        return length < min || length > max ? TooLong(min, max) : null;
    }

    private static bool IsWhole(ReadOnlySpan<char> value)
    {
        while (value.Length > 0)
        {
            if (Rune.DecodeFromUtf16(value, out _, out var chars) != OperationStatus.Done)
                return false;
            value = value[chars..];
        }

        return true;
    }

    private static bool IsAllowed(Rune rune, bool isOneLine)
    {
        if (!isOneLine && rune.Value is '\n' or '\r' or '\t')
            return true;

        // U+2028 and U+2029 are line breaks, but not control characters.
        return !Rune.IsControl(rune) && !(isOneLine && rune.Value is 0x2028 or 0x2029);
    }

    private static string TooLong(int min, int max) => $"must have {min} to {max} characters";
}
