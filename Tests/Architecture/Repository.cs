using System.Reflection;
using System.Xml.Linq;

namespace Shop.Architecture.Tests;

/// <summary>The source tree, as the tests look at it.</summary>
internal static class Repository
{
    public static readonly string Root =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Repository").Value!;

    private static readonly string[] Aside = ["bin", "obj", "node_modules", "artifacts", "wwwroot"];

    /// <summary>Names of projects below Services/.</summary>
    public static IReadOnlyList<string> ServiceFolders { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "Services")).Where(HasProject).Select(folder => Path.GetFileName(folder)!).Order()];

    /// <summary>Names of projects below Libraries/.</summary>
    public static IReadOnlyList<string> LibraryFolders { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "Libraries")).Where(HasProject).Select(folder => Path.GetFileName(folder)!).Order()];

    /// <summary>Names of projects below Web/.</summary>
    public static IReadOnlyList<string> WebFolders { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "Web")).Where(HasProject).Select(folder => Path.GetFileName(folder)!).Order()];

    /// <summary>Folders of production code.</summary>
    public static IReadOnlyList<string> ProductionFolders { get; } =
        [.. ServiceFolders.Select(service => Path.Combine(Root, "Services", service)), .. WebFolders.Select(program => Path.Combine(Root, "Web", program)), .. LibraryFolders.Select(library => Path.Combine(Root, "Libraries", library)), .. new[] { "AppHost", "ServiceDefaults" }.Select(folder => Path.Combine(Root, folder))];

    /// <summary>Folders of tools, which are not part of the shop.</summary>
    public static IReadOnlyList<string> ToolFolders { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "tools")).Where(HasProject).Order()];

    /// <summary>Folders of test projects, and of the library that they share.</summary>
    public static IReadOnlyList<string> TestFolders { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "Tests")).Where(HasProject).Order()];

    /// <summary>File names, without extension, of the projects that a project refers to.</summary>
    public static IReadOnlyList<string> ReferencesOf(string projectFile) =>
        [.. XDocument.Load(projectFile).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))];

    public static string ProjectOf(string folder) => Directory.EnumerateFiles(folder, "*.csproj").Single();

    /// <summary>C# files that people write, below a folder: not those that EF generates for migrations.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(Aside.Contains) && !IsMigration(file))
            : [];

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static bool IsMigration(string file) => (Relative(file).StartsWith("Services", StringComparison.Ordinal) || Relative(file).StartsWith("Web", StringComparison.Ordinal)) && Path.GetFileName(Path.GetDirectoryName(file)) == "Migrations";

    private static bool HasProject(string folder) => Directory.EnumerateFiles(folder, "*.csproj").Any();
}
