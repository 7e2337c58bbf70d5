using System.Collections.Frozen;

namespace Shop.Catalog.Images;

/// <summary>The drawings in <c>Drawings/*.svg</c>: inner SVG on a canvas of 200 × 200, colours as <c>$main</c>, <c>$ink</c>, <c>$light</c>, <c>$accent</c>.</summary>
internal static class Drawings
{
    private const string Unknown = "bags";

    private static readonly FrozenDictionary<string, string> ByName = Load();

    // The first word that is in a product's English name picks the drawing; else it is the category's.
    private static readonly (string Category, string Word, string Drawing)[] Particular =
    [
        ("keyboards", "mouse", "mouse"),
        ("audio", "speaker", "speaker"), ("audio", "soundbar", "speaker"), ("audio", "mic", "microphone"),
        ("kitchen", "knife", "knife"), ("kitchen", "cutting", "knife"), ("kitchen", "bowl", "bowl"), ("kitchen", "spoon", "bowl"),
        ("furniture", "sofa", "sofa"), ("furniture", "mattress", "sofa"), ("furniture", "bed", "sofa"),
        ("furniture", "desk", "table"), ("furniture", "table", "table"), ("furniture", "console", "table"), ("furniture", "shel", "table"),
        ("lighting", "bulb", "bulb"), ("lighting", "led", "bulb"), ("lighting", "lantern", "lantern"),
        ("camping", "lantern", "lantern"), ("camping", "headlamp", "lantern"),
        ("bags", "suitcase", "suitcase"), ("bags", "trolley", "suitcase"), ("bags", "wallet", "wallet"), ("bags", "holder", "wallet"), ("bags", "sleeve", "wallet"),
        ("stationery", "pen", "pen"), ("stationery", "ink", "pen"),
        ("coffee", "beans", "beans"), ("coffee", "bags", "beans"), ("coffee", "tea", "tea"), ("coffee", "matcha", "tea"), ("coffee", "kettle", "tea"),
        ("pets", "cat", "cat"), ("pets", "litter", "cat"),
    ];

    public static string Of(string category, string name = "")
    {
        var particular = Particular.FirstOrDefault(drawing => drawing.Category == category && name.Contains(drawing.Word, StringComparison.OrdinalIgnoreCase)).Drawing;
        return ByName.GetValueOrDefault(particular ?? category) ?? ByName[Unknown];
    }

    private static FrozenDictionary<string, string> Load()
    {
        const string Prefix = "drawings.";
        var assembly = typeof(Drawings).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]),
                name => new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd().Trim());
    }
}
