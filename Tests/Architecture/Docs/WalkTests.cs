using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests.Docs;

/// <summary>The walk names files and what to look at in each: both are there.</summary>
public sealed partial class WalkTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    [Fact]
    public void Every_file_of_the_walk_has_what_is_named_beside_it()
    {
        var page = File.ReadAllText(Path.Combine(Docs, "walk.md"));
        var stops = Stops().Matches(page);

        Assert.Equal(page.Split(".cs)").Length - 1, stops.Count);
        Assert.True(stops.Count > 20, $"{stops.Count} files");
        Reference.AssertNone(from stop in stops
                             from Capture name in stop.Groups["name"].Captures
                             where !Declares(stop.Groups["file"].Value, name.Value)
                             select $"{stop.Groups["file"].Value}: {name.Value}");
    }

    /// <summary>Declared, not only called: behind the name of a type or a modifier, and not behind a dot.</summary>
    private static bool Declares(string file, string name) =>
        File.Exists(Path.Combine(Docs, file)) && Regex.IsMatch(File.ReadAllText(Path.Combine(Docs, file)), $@"^\s*(public|internal|private|protected|static|sealed)\b[^=\n""]*[\s>?]{name}\b[(<\s]", RegexOptions.Multiline);

    [GeneratedRegex(@"\]\((?<file>\.\./[^)]+\.cs)\)(?:,? `(?<name>\w+)`)+")]
    private static partial Regex Stops();
}
