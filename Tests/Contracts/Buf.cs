using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using Xunit;

[assembly: AssemblyFixture(typeof(Shop.Contracts.Tests.Buf))]

namespace Shop.Contracts.Tests;

/// <summary>buf at the version of Protos/package-lock.json, installed by npm once for all tests.</summary>
public sealed class Buf : IAsyncLifetime
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(1);

    private string? _missing;

    public string Protos { get; } =
        typeof(Buf).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "ProtosFolder").Value!;

    public string Image => Path.Combine(Protos, "released.binpb");

    public async ValueTask InitializeAsync()
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        try
        {
            await RunAsync(npm, ["--version"], Protos, RunLimit);
        }
        catch (Win32Exception)
        {
            _missing = "npm is not installed, and buf comes from npm";
            return;
        }

        if (IsInstalled())
            return;

        // Not `npm ci`: it wants the lock file to name buf's programs for every platform, and a source may serve only some.
        var (code, output) = await RunAsync(npm, ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], Protos, InstallLimit);
        Assert.True(code == 0, $"npm could not install buf:\n{output}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs buf in a folder of contracts. 0: all is well; 100: something is refused, and the output says what.</summary>
    public Task<(int Code, string Output)> RunAsync(string folder, params string[] arguments)
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        return RunAsync("node", [Path.Combine(Protos, "node_modules", "@bufbuild", "buf", "bin", "buf"), .. arguments], folder, RunLimit);
    }

    // npm writes what it installed beside the packages; older than the lock file means that another version is wanted.
    private bool IsInstalled()
    {
        var installed = new FileInfo(Path.Combine(Protos, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Protos, "package-lock.json"));
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan limit)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var over = new CancellationTokenSource(limit);
        try
        {
            var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(over.Token), process.StandardError.ReadToEndAsync(over.Token));
            await process.WaitForExitAsync(over.Token);
            return (process.ExitCode, string.Concat(output));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {limit}.");
        }
    }
}
