using Microsoft.Extensions.Configuration;

namespace Shop.AppHost.Services;

/// <summary>
/// Without this, the orchestrator starts every project through <c>dotnet run --no-build</c>: a process of 65 MB beside each replica, for as long as it runs, and a
/// second of processor time. The program that was built together with the AppHost is started instead. An IDE's debugger is not affected: it launches the project itself.
/// </summary>
internal static class BuiltProgram
{
    public static IResourceBuilder<ProjectResource> StartsItsProgram(this IResourceBuilder<ProjectResource> project)
    {
        // "dotnet watch" builds and starts the project anew with every change.
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
