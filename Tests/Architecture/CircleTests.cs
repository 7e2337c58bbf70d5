using Xunit;

namespace Shop.Architecture.Tests;

/// <summary>Arrows run one way: two files that name each other are one thing, or want a third.</summary>
public sealed class CircleTests
{
    /// <summary>
    /// Its folders are not checked: it is another company's program, in which a charge, its movements and its webhook are written together and know each other.
    /// </summary>
    private const string SimulatedProvider = "Services/PaymentProvider";

    public static TheoryData<string> Projects() => [.. Repository.ProductionFolders.Concat(Repository.ToolFolders).Select(Repository.Relative)];

    public static TheoryData<string> ProjectsOfTheShop() => [.. Projects().Select(row => row.Data).Where(project => project.Replace(Path.DirectorySeparatorChar, '/') != SimulatedProvider)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Files_do_not_name_each_other_in_circles(string project)
    {
        var files = SourceFile.ReadAll(Repository.Sources(Path.Combine(Repository.Root, project)));

        var circles = string.Join("\n", Circles.In(files).Select(circle => string.Join(" → ", circle.Select(Repository.Relative))));

        Assert.True(circles.Length == 0, circles);
    }

    /// <summary>The root of a project is its public face, which names every folder; folders may name it, for its contracts lie there.</summary>
    [Theory]
    [MemberData(nameof(ProjectsOfTheShop))]
    public void Folders_do_not_name_each_other_in_circles(string project)
    {
        var root = Path.Combine(Repository.Root, project);
        var folders = SourceFile.ReadAll(Repository.Sources(root))
            .Where(file => Path.GetDirectoryName(file.Path) != root)
            .GroupBy(file => Path.GetDirectoryName(file.Path)!)
            .Select(folder => new SourceFile(folder.Key, [.. folder.SelectMany(file => file.Declared)], [.. folder.SelectMany(file => file.Named)]))
            .ToList();

        var circles = string.Join("\n", Circles.In(folders).Select(circle => string.Join(" → ", circle.Select(Repository.Relative))));

        Assert.True(circles.Length == 0, circles);
    }

    [Fact]
    public void A_circle_is_seen()
    {
        SourceFile[] files =
        [
            new("a.cs", ["A"], ["B"]),
            new("b.cs", ["B"], ["C"]),
            new("c.cs", ["C"], ["A"]),
            new("d.cs", ["D"], ["A"]),
        ];

        Assert.Equal(["a.cs", "b.cs", "c.cs"], Assert.Single(Circles.In(files)).Order());
    }

    [Fact]
    public void A_type_is_known_by_its_declaration_and_its_names_in_code_only()
    {
        var file = SourceFile.Read("x.cs", """
            // Comment about Other
            public sealed class Mine(Used used) : Base<Item> { string text = "Quoted"; int n = used.Member; }
            public sealed record Row(int Number, IReadOnlyList<Item> Rest, string Name = "");
            """);

        Assert.Equal(["Mine", "Row"], file.Declared);
        Assert.Superset(new HashSet<string> { "Used", "Base", "Item" }, file.Named.ToHashSet());
        Assert.Empty(file.Named.Intersect(["Other", "Quoted", "Member", "Number", "Rest", "Name"]));
    }
}
