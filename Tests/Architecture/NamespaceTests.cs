using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests;

/// <summary>The full name of a type leads to its file: a namespace is the path of a folder, in production, tools and tests alike.</summary>
public sealed partial class NamespaceTests
{
    public static TheoryData<string> Projects() =>
        [.. Repository.ProductionFolders.Concat(Repository.ToolFolders).Concat(Repository.TestFolders).Select(Repository.Relative)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_namespace_of_a_file_is_its_folder(string project)
    {
        var root = Path.Combine(Repository.Root, project);
        var wrong =
            from file in Repository.Sources(root)
            let folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!)
            let expected = string.Join('.', [RootOf(project), .. folder.Split(Path.DirectorySeparatorChar).Where(part => part != ".")])
            // Programs, and files of attributes or usings only, have none.
            from Match match in Declarations().Matches(File.ReadAllText(file))
            where match.Groups[1].Value != expected
            select $"{Repository.Relative(file)}: {match.Groups[1].Value} instead of {expected}";

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("AppHost", "Shop.AppHost")]
    [InlineData("Services/Catalog", "Shop.Catalog")]
    [InlineData("Tests/Catalog", "Shop.Catalog.Tests")]
    [InlineData("Tests/Testing", "Shop.Testing")]
    public void A_project_has_the_namespace_of_its_name(string project, string expected) => Assert.Equal(expected, RootOf(project));

    private static string RootOf(string project) => project.Split(Path.DirectorySeparatorChar) switch
    {
        // Inside Shop.System.Tests, the name System would mean Shop.System.
        ["Tests", "System"] => "Shop.SystemTests",
        // A library for tests, without tests of its own.
        ["Tests", "Testing"] => "Shop.Testing",
        ["Tests", var tested] => $"Shop.{tested}.Tests",
        [.., var name] => $"Shop.{name}",
        [] => throw new ArgumentException("No path.", nameof(project)),
    };

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declarations();
}
