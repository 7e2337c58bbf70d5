using System.Diagnostics;

namespace Shop.Load.Running;

/// <summary>The shop that is measured: a running one, or one that is started for the measurement and stopped after it.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private readonly OwnAppHost? _own;

    private RunningShop(string infoFile, int? appHost, OwnAppHost? own) =>
        (Document, Info, AppHost, _own) = (File.ReadAllText(infoFile), ShopInfo.Read(infoFile), appHost, own);

    /// <summary>The output of <c>./shop info</c>.</summary>
    public string Document { get; }

    public ShopInfo Info { get; }

    /// <summary>The pid of the AppHost; null if unknown.</summary>
    public int? AppHost { get; }

    /// <summary>The duration of each start, from the command until all resources were healthy; empty if the shop was running before.</summary>
    public IReadOnlyList<TimeSpan> Starts => _own?.Starts ?? [];

    public bool IsOwn => _own is not null;

    /// <param name="infoFile">The document of a running shop; null starts one.</param>
    /// <param name="starts">How often a shop of its own is started: later starts use the data of the first one.</param>
    public static async Task<RunningShop> OpenAsync(string? infoFile, int starts, CancellationToken cancel)
    {
        if (infoFile is not null)
        {
            if (!File.Exists(infoFile))
                throw new MistakeException($"there is no {infoFile}: the shop is not running, or not healthy.");
            return new(infoFile, AppHostOf(infoFile), own: null);
        }

        var own = new OwnAppHost();
        try
        {
            for (var start = 1; start <= starts; start++)
            {
                if (start > 1)
                    await own.StopAsync();
                Progress.Say(start == 1 ? "starting a shop of its own, empty…" : $"starting it again ({start} of {starts})…");
                await own.StartAsync(cancel);
                Progress.Say($"it is healthy after {own.Starts[^1].TotalSeconds:0.0} s");
            }
            return new(own.InfoFile, own.Pid, own);
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync();
    }

    private static int? AppHostOf(string infoFile)
    {
        var file = Path.ChangeExtension(infoFile, ".pid");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), out var pid) && IsAlive(pid) ? pid : null;
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
