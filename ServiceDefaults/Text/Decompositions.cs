using System.Globalization;
using System.Text;

namespace Shop.ServiceDefaults.Text;

/// <summary>Unicode's decomposition and composition data (<c>decompositions.txt</c>), with the arithmetic for Hangul.</summary>
internal static class Decompositions
{
    private static readonly Dictionary<Rune, Rune[]> s_canonical = [];
    private static readonly Dictionary<Rune, Rune[]> s_compatible = [];
    private static readonly Dictionary<(Rune, Rune), Rune> s_pairs = [];
    private static readonly Dictionary<Rune, byte> s_classes = [];
    private static readonly HashSet<Rune> s_seconds = [];
    private static readonly HashSet<Rune> s_never = [];

    static Decompositions()
    {
        using var data = new StreamReader(typeof(Decompositions).Assembly.GetManifestResourceStream("decompositions.txt")!);
        while (data.ReadLine() is { } line)
        {
            var sign = line.AsSpan().IndexOfAny(">=~:");
            if (!line.StartsWith('#'))
                Add(line[..sign], line[sign], line[(sign + 1)..]);
        }
    }

    public static int ClassOf(Rune rune) => s_classes.GetValueOrDefault(rune);

    /// <summary>
    /// Unicode's quick check (UAX #15, 9): a text whose characters all give false is in NFC. True for marks, for characters that may compose with the preceding one, and for
    /// characters that NFC never contains.
    /// </summary>
    public static bool MayChange(Rune rune) => s_classes.ContainsKey(rune) || s_seconds.Contains(rune) || s_never.Contains(rune) || Hangul.JoinsTheOneBefore(rune);

    public static IEnumerable<Rune> Canonical(Rune rune) =>
        Hangul.IsSyllable(rune) ? Hangul.Split(rune) : s_canonical.TryGetValue(rune, out var parts) ? parts.SelectMany(Canonical) : [rune];

    public static IEnumerable<Rune> Compatible(Rune rune) =>
        Hangul.IsSyllable(rune) ? Hangul.Split(rune)
        : s_canonical.TryGetValue(rune, out var parts) || s_compatible.TryGetValue(rune, out parts) ? parts.SelectMany(Compatible) : [rune];

    public static Rune? Compose(Rune first, Rune second) =>
        Hangul.Join(first, second) ?? (s_pairs.TryGetValue((first, second), out var joined) ? joined : null);

    private static void Add(string key, char sign, string value)
    {
        if (sign == ':')
        {
            var range = key.Split('-').Select(Rune).ToArray();
            for (var code = range[0].Value; code <= range[1].Value; code++)
                s_classes[new(code)] = byte.Parse(value, CultureInfo.InvariantCulture);
            return;
        }

        var (whole, parts) = (Rune(key), value.Split(' ').Select(Rune).ToArray());
        (sign == '~' ? s_compatible : s_canonical)[whole] = parts;
        if (sign == '>')
        {
            s_pairs[(parts[0], parts[1])] = whole;
            s_seconds.Add(parts[1]);
        }
        else if (sign == '=')
        {
            s_never.Add(whole);
        }
    }

    private static Rune Rune(string code) => new(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
