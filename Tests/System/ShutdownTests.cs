extern alias load;

using System.Diagnostics;
using System.Globalization;
using load::Shop.Load.Running;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>However an AppHost ends, all of its processes end soon: services, servers, orchestrator and dashboard.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task After_ctrl_c_right_after_the_start_on_a_busy_machine_nothing_is_left()
    {
        using var load = BusyCores.Begin();
        await EndsAsync(appHost => appHost.StopAsync());
    }

    [Fact]
    public async Task After_a_kill_nothing_is_left()
    {
        await EndsAsync(appHost =>
        {
            using var process = Process.GetProcessById(appHost.Pid);
            process.Kill();
            return Task.CompletedTask;
        });
    }

    private static async Task EndsAsync(Func<OwnAppHost, Task> end)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lists the children of a process.");
        await using var appHost = new OwnAppHost();
        await appHost.StartAsync(TestContext.Current.CancellationToken);
        var processes = ProcessesOf(appHost.Pid);
        // Eleven services, two of them twice, storefront, gateway and provider; PostgreSQL, broker, orchestrator, dashboard.
        Assert.True(processes.Count >= 20, $"only {processes.Count} processes are seen");

        var begun = Stopwatch.GetTimestamp();
        await end(appHost);
        await Eventually.TrueAsync(() => !processes.Any(IsAlive), "no process is left", Within - Stopwatch.GetElapsedTime(begun));
    }

    /// <summary>The AppHost, the orchestrator that monitors it, and all of their descendants.</summary>
    private static HashSet<int> ProcessesOf(int appHost)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, out var pid) ? pid : 0).Where(pid => pid > 0)
            .Select(pid => (Pid: pid, Parent: Parent(pid), Command: Command(pid))).ToList();
        var found = new HashSet<int> { appHost };
        found.UnionWith(parents.Where(process => process.Command.Contains($"--monitor {appHost} ", StringComparison.Ordinal)).Select(process => process.Pid));
        for (var before = 0; before != found.Count;)
        {
            before = found.Count;
            found.UnionWith(parents.Where(process => found.Contains(process.Parent)).Select(process => process.Pid));
        }
        return found;
    }

    private static bool IsAlive(int pid) => Status(pid, "State:") is { } state && !state.StartsWith('Z');

    private static int Parent(int pid) => int.TryParse(Status(pid, "PPid:"), NumberStyles.None, CultureInfo.InvariantCulture, out var parent) ? parent : 0;

    private static string? Status(int pid, string field)
    {
        try
        {
            return File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal))?[field.Length..].Trim();
        }
        catch (IOException)
        {
            return null;    // it has ended
        }
    }

    private static string Command(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>A computing process for each core.</summary>
    private sealed class BusyCores : IDisposable
    {
        private readonly List<Process> _processes = [];

        public static BusyCores Begin()
        {
            var busy = new BusyCores();
            for (var core = 0; core < Environment.ProcessorCount; core++)
                busy._processes.Add(Process.Start("sh", ["-c", "while :; do :; done"]));
            return busy;
        }

        public void Dispose()
        {
            foreach (var process in _processes)
            {
                process.Kill();
                process.Dispose();
            }
        }
    }
}
