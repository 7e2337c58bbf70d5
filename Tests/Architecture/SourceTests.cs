using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests;

/// <summary>What analyzers cannot say, or could be told to overlook.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 350;
    private static readonly string[] LayerNames = ["Handlers", "Models", "Interfaces", "Utils", "Common", "Helpers", "Repositories"];

    [Fact]
    public void Time_comes_from_a_TimeProvider()
    {
        var offenders =
            from file in Sources()
            from line in File.ReadLines(file)
            where Clock().IsMatch(line)
            select $"{Repository.Relative(file)}: {line.Trim()}";

        Assert.Empty(offenders);
    }

    [Fact]
    public void Folders_are_named_after_features_not_layers()
    {
        var offenders = Sources()
            .Select(Repository.Relative)
            .Where(file => file.Split(Path.DirectorySeparatorChar).Intersect(LayerNames).Any());

        Assert.Empty(offenders);
    }

    [Fact]
    public void Files_stay_small_enough_to_read_at_once()
    {
        var offenders = Sources().Where(file => File.ReadLines(file).Count() > MostLines).Select(Repository.Relative);

        Assert.Empty(offenders);
    }

    /// <summary>The gateway names the live stock of a product's page, Catalog the copies in its lists.</summary>
    [Fact]
    public void Low_stock_is_the_same_in_a_list_and_on_a_page()
    {
        var bounds = new[] { "Gateway/Products", "Catalog/Stock" }
            .Select(folder => LowBound().Match(File.ReadAllText(Path.Combine(Repository.Root, "Services", folder, "StockLevel.cs"))).Groups[1].Value).ToList();

        Assert.NotEmpty(bounds[0]);
        Assert.Equal(bounds[0], bounds[1]);
    }

    private static IEnumerable<string> Sources() => Repository.ProductionFolders.SelectMany(Repository.Sources);

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"const long Low = (\d+);")]
    private static partial Regex LowBound();
}
