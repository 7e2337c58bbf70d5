namespace Shop.Design.Security;

/// <summary>Redirects lead to paths of this site only.</summary>
internal static class LocalPath
{
    /// <summary>For a header, which is ASCII: other characters percent-encoded, in UTF-8.</summary>
    public static string ForHeader(string path) => string.Concat(path.EnumerateRunes().Select(rune => rune.IsAscii ? $"{rune}" : Uri.EscapeDataString($"{rune}")));

    /// <summary>The path if it is one of this site, else <paramref name="otherwise"/>. Browsers read <c>//host</c> and <c>/\host</c> as another host, and drop control characters.</summary>
    public static string Of(string? path, string otherwise) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= 500 && !path.Any(c => char.IsControl(c) || c == '\\') ? path : otherwise;
}
