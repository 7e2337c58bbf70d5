using System.Buffers;
using System.Text;

namespace Shop.ServiceDefaults.Validation;

internal static class TextRules
{
    /// <returns>What is wrong, or null.</returns>
    public static string? Fault(string? value, int min, int max, bool isOneLine)
    {
        if (value is null)
            return min > 0 ? "is missing" : null;

        // Far too long is not worth counting; a code point is at most two chars.
        if (value.Length > 2L * max)
            return TooLong(min, max);

        var length = 0;
        for (var rest = value.AsSpan(); rest.Length > 0; length++)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var chars) != OperationStatus.Done)
                return "has a character that is not complete";
            if (!IsAllowed(rune, isOneLine))
                return isOneLine ? "must not have control characters or line breaks" : "must not have control characters";
            rest = rest[chars..];
        }

        if (min > 0 && string.IsNullOrWhiteSpace(value))
            return length == 0 ? "is missing" : "must not be blank";

        return length < min || length > max ? TooLong(min, max) : null;
    }

    private static bool IsAllowed(Rune rune, bool isOneLine)
    {
        if (!isOneLine && rune.Value is '\n' or '\r' or '\t')
            return true;

        // U+2028 and U+2029 are line breaks as well, though no control characters.
        return !Rune.IsControl(rune) && !(isOneLine && rune.Value is 0x2028 or 0x2029);
    }

    private static string TooLong(int min, int max) => $"must have {min} to {max} characters";
}
