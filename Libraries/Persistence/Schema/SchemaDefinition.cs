using System.Reflection;

namespace Shop.Persistence.Schema;

/// <summary>A library's own tables: numbered SQL files (<c>0001_name.sql</c>), embedded in <paramref name="Assembly"/> under those names, each applied once and in order. One that was released is never edited: a change is a new file.</summary>
/// <param name="Name">Of the library in the table of applied scripts.</param>
public sealed record SchemaDefinition(string Name, Assembly Assembly)
{
    internal IReadOnlyList<(int Number, string Resource)> Scripts { get; } = Assembly.GetManifestResourceNames()
        .Where(name => name.Length > 5 && name[4] == '_' && name.Take(4).All(char.IsAsciiDigit))
        .Select(name => (int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name))
        .Order()
        .ToList();

    internal string Read(string resource)
    {
        using var stream = Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
