namespace Shop.Catalog.Images;

/// <summary>A picture of 400 × 400: a drawing in its colours before a soft background. The same drawing and number always give the same picture.</summary>
internal static class Picture
{
    public static string Draw(string drawing, int number)
    {
        var palette = Palette.Number(number);
        var (spotX, spotY) = (90 + number / 16 % 5 * 55, 80 + number / 128 % 4 * 60);
        var tilt = number / 1024 % 5 * 3 - 6;
        var body = drawing
            .Replace("$main", palette.Main, StringComparison.Ordinal)
            .Replace("$ink", palette.Ink, StringComparison.Ordinal)
            .Replace("$light", palette.Light, StringComparison.Ordinal)
            .Replace("$accent", palette.Accent, StringComparison.Ordinal);

        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">
            <defs><linearGradient id="b" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="{palette.From}"/><stop offset="1" stop-color="{palette.To}"/></linearGradient></defs>
            <rect width="400" height="400" fill="url(#b)"/>
            <circle cx="{spotX}" cy="{spotY}" r="150" fill="#fff" opacity=".35"/>
            <ellipse cx="200" cy="336" rx="110" ry="14" fill="{palette.Ink}" opacity=".14"/>
            <g transform="translate(60 56) scale(1.4) rotate({tilt} 100 100)">
            {body}
            </g>
            </svg>
            """;
    }
}
