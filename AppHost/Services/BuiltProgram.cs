using Microsoft.Extensions.Configuration;

namespace Shop.AppHost.Services;

/// <summary>
/// Starts the program that was built with the AppHost. Otherwise the orchestrator starts every project through <c>dotnet run --no-build</c>, which costs each replica a
/// second process of 65 MB and a second of processor time. An IDE's debugger is not affected: it launches the project itself.
/// </summary>
internal static class BuiltProgram
{
    public static IResourceBuilder<ProjectResource> StartsItsProgram(this IResourceBuilder<ProjectResource> project)
    {
        // "dotnet watch" rebuilds and restarts the project after every change.
        if (project.ApplicationBuilder.Configuration.GetValue<bool>("DOTNET_WATCH"))
            return project;

        var path = project.Resource.GetProjectMetadata().ProjectPath;
        return Find(Path.GetFileNameWithoutExtension(path)) is { } program
            ? project.WithAnnotation(new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(path)! })
            : project;
    }

    /// <summary>artifacts/bin/Shop.AppHost/release/ → artifacts/bin/Ordering/release/Shop.Ordering; null where the output goes elsewhere.</summary>
    private static string? Find(string project)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory);
        if (ours.Parent?.Parent is not { } binaries)
            return null;

        var program = Path.Combine(binaries.FullName, project, ours.Name, $"Shop.{project}{(OperatingSystem.IsWindows() ? ".exe" : "")}");
        return File.Exists(program) ? program : null;
    }
}
