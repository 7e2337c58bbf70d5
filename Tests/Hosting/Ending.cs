using System.Diagnostics;
using Shop.Hosting.Tests.Running;
using Shop.Testing;

namespace Shop.Hosting.Tests;

/// <summary>However an AppHost ends, nothing of it stays.</summary>
public sealed class Ending : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-hosting-").FullName;

    private string EndFile => Path.Combine(_folder, "ends");

    [Fact]
    public async Task An_ordered_end_stops_dependents_first_and_leaves_nothing()
    {
        var sample = await SampleApp.StartAsync("layers", "--PidFolder", _folder, "--EndFile", EndFile);
        await using (sample)
        {
            await sample.HealthyAsync("roof");
            Assert.Equal(4, Pids().Length);
        }

        Assert.All(Pids(), pid => Assert.False(Processes.Lives(pid)));
        Assert.Equal(["roof", "upper", "middle", "ground"], await File.ReadAllLinesAsync(EndFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_killed_apphost_leaves_nothing()
    {
        using var appHost = StartAppHost();
        try
        {
            await Eventually.TrueAsync(() => Pids().Length == 4, "all four programs run", SampleApp.Patience);

            appHost.Kill();
            await appHost.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(SampleApp.Patience, TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => !Pids().Any(Processes.Lives), "no program is left", SampleApp.Patience);
        }
        finally
        {
            if (!appHost.HasExited)
                appHost.Kill();
        }

        // They got the signal to end, not only the blow.
        await Eventually.TrueAsync(() => File.Exists(EndFile) && File.ReadAllLines(EndFile).Length == 4, "all have ended well", SampleApp.Patience);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A process of its own, so that it can be killed.</summary>
    private Process StartAppHost()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                typeof(Projects.SampleAppHost).Assembly.Location,
                "--scenario", "layers", "--PidFolder", _folder, "--EndFile", EndFile, "--DcpPublisher:RandomizePorts", "true", "--no-dashboard=true",
            },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The AppHost did not start.");
    }

    private int[] Pids() => [.. Directory.GetFiles(_folder).Select(Path.GetFileName).Where(f => f!.Contains('-', StringComparison.Ordinal)).Select(f => int.Parse(f!.Split('-')[^1]))];
}
