using System.Diagnostics;

namespace Aspire.Hosting;

/// <summary>What the build has made of a project.</summary>
internal static class BuiltProjects
{
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(10);

    public static async Task<string> TargetPathAsync(IProjectMetadata project, string resource, CancellationToken cancel)
    {
        var target = project is IBuiltProject built ? built.TargetPath : await BuildAsync(project.ProjectPath, cancel).ConfigureAwait(false);
        return File.Exists(target)
            ? target
            : throw new DistributedApplicationException($"The program of resource '{resource}' is not there ({target}): build the AppHost first.");
    }

    /// <summary>A project that the AppHost knows by path only is built when it starts, as <c>dotnet run</c> would do it.</summary>
    private static async Task<string> BuildAsync(string projectPath, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(DotNetHost.Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "build", projectPath, "-v:quiet", "-nologo", "-nodeReuse:false", "-getProperty:TargetPath" },
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(BuildTimeout);
        using var build = Process.Start(start) ?? throw new InvalidOperationException("dotnet build did not start.");
        try
        {
            var output = build.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = build.StandardError.ReadToEndAsync(deadline.Token);
            await build.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return build.ExitCode == 0
                ? (await output.ConfigureAwait(false)).Trim()
                : throw new DistributedApplicationException(
                    $"dotnet build {projectPath} failed: {await output.ConfigureAwait(false)}{await errors.ConfigureAwait(false)}");
        }
        finally
        {
            if (!build.HasExited)
                build.Kill(entireProcessTree: true);
        }
    }
}
