using System.Globalization;
using System.Text;

namespace Shop.ServiceDefaults.Text;

/// <summary>Unicode's decomposition and composition data (<c>decompositions.txt</c>), with the arithmetic for Hangul.</summary>
internal static class Decompositions
{
    private static readonly Dictionary<Rune, Rune[]> CanonicalForms = [];
    private static readonly Dictionary<Rune, Rune[]> CompatibleForms = [];
    private static readonly Dictionary<(Rune, Rune), Rune> Pairs = [];
    private static readonly Dictionary<Rune, byte> Classes = [];
    private static readonly HashSet<Rune> Seconds = [];
    private static readonly HashSet<Rune> Never = [];

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

    public static int ClassOf(Rune rune) => Classes.GetValueOrDefault(rune);

    /// <summary>
    /// Unicode's quick check (UAX #15, 9): a text whose characters all give false is in NFC. True for marks, for characters that may compose with the preceding one, and for
    /// characters that NFC never contains.
    /// </summary>
    public static bool MayChange(Rune rune) => Classes.ContainsKey(rune) || Seconds.Contains(rune) || Never.Contains(rune) || Hangul.JoinsTheOneBefore(rune);

    public static IEnumerable<Rune> Canonical(Rune rune) =>
        Hangul.IsSyllable(rune) ? Hangul.Split(rune) : CanonicalForms.TryGetValue(rune, out var parts) ? parts.SelectMany(Canonical) : [rune];

    public static IEnumerable<Rune> Compatible(Rune rune) =>
        Hangul.IsSyllable(rune) ? Hangul.Split(rune)
        : CanonicalForms.TryGetValue(rune, out var parts) || CompatibleForms.TryGetValue(rune, out parts) ? parts.SelectMany(Compatible) : [rune];

    public static Rune? Compose(Rune first, Rune second) =>
        Hangul.Join(first, second) ?? (Pairs.TryGetValue((first, second), out var joined) ? joined : null);

    private static void Add(string key, char sign, string value)
    {
        if (sign == ':')
        {
            var range = key.Split('-').Select(Rune).ToArray();
            for (var code = range[0].Value; code <= range[1].Value; code++)
                Classes[new(code)] = byte.Parse(value, CultureInfo.InvariantCulture);
            return;
        }

        var (whole, parts) = (Rune(key), value.Split(' ').Select(Rune).ToArray());
        (sign == '~' ? CompatibleForms : CanonicalForms)[whole] = parts;
        if (sign == '>')
        {
            Pairs[(parts[0], parts[1])] = whole;
            Seconds.Add(parts[1]);
        }
        else if (sign == '=')
        {
            Never.Add(whole);
        }
    }

    private static Rune Rune(string code) => new(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
