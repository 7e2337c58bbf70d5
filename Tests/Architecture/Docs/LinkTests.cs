using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests.Docs;

public sealed partial class LinkTests
{
    private static IEnumerable<string> Pages() =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md"),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
        .. Repository.LibraryFolders.Select(library => Path.Combine(Repository.Root, "Libraries", library, "README.md")),
        .. new[] { "AppHost", "Protos" }.Select(folder => Path.Combine(Repository.Root, folder, "README.md")),
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "eng")).Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists),
    ];

    [Fact]
    public void Every_link_of_a_page_leads_somewhere() =>
        Reference.AssertNone(from page in Pages()
                             from Match link in Links().Matches(File.ReadAllText(page))
                             where !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value))
                             select $"{Repository.Relative(page)}: {link.Groups[1].Value}");

    /// <summary>The log of changes names what was there once.</summary>
    [Fact]
    public void Every_path_of_the_repository_that_a_page_names_is_there() =>
        Reference.AssertNone(from page in Pages()
                             where Path.GetFileName(page) != "CHANGELOG.md"
                             from Match path in Paths().Matches(File.ReadAllText(page))
                             where !Exists(path.Groups[1].Value.TrimEnd('/'))
                             select $"{Repository.Relative(page)}: {path.Groups[1].Value}");

    [Fact]
    public void Every_page_of_docs_is_in_its_list()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var list = File.ReadAllText(Path.Combine(docs, "README.md"));

        Reference.AssertNone(Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories).Select(page => Path.GetRelativePath(docs, page))
            .Where(page => page != "README.md" && !list.Contains($"({page.Replace(Path.DirectorySeparatorChar, '/')})", StringComparison.Ordinal)));
    }

    /// <param name="path">From the root; its last part may contain <c>*</c>.</param>
    private static bool Exists(string path)
    {
        var whole = Path.Combine(Repository.Root, path);
        var folder = Path.GetDirectoryName(whole)!;
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, Path.GetFileName(whole)).Any();
    }

    // In backticks. <Name> and the like stand for a name.
    [GeneratedRegex(@"`((?:Services|Libraries|Tests|Protos|AppHost|ServiceDefaults|tools|eng|docs)/[^`<\s]*)`")]
    private static partial Regex Paths();

    // Of this repository: neither an address nor a place in the same page.
    [GeneratedRegex(@"\]\((?!\w+:|#)([^)#\s]+)[^)]*\)")]
    private static partial Regex Links();
}
