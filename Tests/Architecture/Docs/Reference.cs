using Xunit;

namespace Shop.Architecture.Tests.Docs;

/// <summary>A page of <c>docs/reference</c>: tables whose rows begin with a name in backticks.</summary>
internal static class Reference
{
    /// <summary>The first cells of each row, as they are written.</summary>
    public static IReadOnlyList<string> Rows(string page, int cells) =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "reference", page))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => string.Join(" | ", line.Trim('|', ' ').Split(" | ").Take(cells)))];

    /// <summary>The page has exactly these rows, in any order.</summary>
    public static void AssertLists(string page, int cells, IEnumerable<string> expected)
    {
        var rows = Rows(page, cells);
        var wanted = expected.ToList();

        Assert.NotEmpty(wanted);
        Assert.True(!wanted.Except(rows).Any(), $"{page} lacks:\n{string.Join("\n", wanted.Except(rows))}");
        Assert.True(!rows.Except(wanted).Any(), $"{page} has what the code has not:\n{string.Join("\n", rows.Except(wanted))}");
    }

    /// <summary>Fails with all of them, where xunit would cut the list.</summary>
    public static void AssertNone(IEnumerable<string> wrong) => Assert.True(!wrong.Any(), string.Join("\n", wrong));

    /// <summary>Production code of services (but the simulated provider, a third party), libraries and defaults, by file.</summary>
    public static IReadOnlyList<(string Path, string Text)> Code { get; } =
        [.. Repository.ProductionFolders.Where(folder => Path.GetFileName(folder) != "PaymentProvider")
            .SelectMany(Repository.Sources).Select(file => (Repository.Relative(file), File.ReadAllText(file)))];
}
