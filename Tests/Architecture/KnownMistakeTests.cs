using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests;

/// <summary>A page that says which test proves something says so of tests that exist.</summary>
public sealed partial class KnownMistakeTests
{
    [Fact]
    public void Every_test_that_the_page_of_known_mistakes_names_is_there()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "known-mistakes.md"));
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "Tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        var named = TestName().Matches(page).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !tests.Contains($" {name}(", StringComparison.Ordinal));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
