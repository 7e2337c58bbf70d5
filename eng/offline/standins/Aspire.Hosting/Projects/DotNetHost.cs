namespace Aspire.Hosting;

/// <summary>The <c>dotnet</c> that runs the AppHost also runs its projects.</summary>
internal static class DotNetHost
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    public static string Path { get; } = Find();

    private static string Find()
    {
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            System.IO.Path.GetFileName(Environment.ProcessPath) == FileName ? Environment.ProcessPath : null,
            Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? System.IO.Path.Combine(root, FileName) : null,

            // <root>/shared/Microsoft.NETCore.App/<version>/ is where this very runtime lives.
            System.IO.Path.GetFullPath(System.IO.Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", FileName)),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? FileName;
    }
}
