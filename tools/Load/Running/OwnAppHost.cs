using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shop.Load.Running;

/// <summary>
/// An AppHost started like <c>./shop run</c>, in a process of its own, on free ports, with temporary data that is deleted afterwards.
/// All calls come from one address, so the rate limits are raised.
/// </summary>
internal sealed class OwnAppHost : IAsyncDisposable
{
    private const int SigInt = 2;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly string _folder = Directory.CreateTempSubdirectory("shop-load-").FullName;
    private readonly List<TimeSpan> _starts = [];
    private readonly IReadOnlyList<(string Name, string Value)> _settings;
    private Process? _process;

    /// <param name="settings">More of the AppHost's, as environment variables.</param>
    public OwnAppHost(params IReadOnlyList<(string Name, string Value)> settings)
    {
        _settings = settings;
        // PostgreSQL may run under another account, which needs access.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
    }

    public string InfoFile => Path.Combine(_folder, "info.json");

    public int Pid => _process!.Id;

    public IReadOnlyList<TimeSpan> Starts => _starts;

    private string LogFile => Path.Combine(_folder, "apphost.log");

    public async Task StartAsync(CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        _process = Launch();
        while (!File.Exists(InfoFile))
        {
            if (_process.HasExited)
                throw new MistakeException($"the shop did not start:{Environment.NewLine}{LastLines()}");
            if (Stopwatch.GetElapsedTime(begun) > StartsWithin)
                throw new MistakeException($"the shop was not healthy within {StartsWithin.TotalMinutes} minutes:{Environment.NewLine}{LastLines()}");
            await Task.Delay(PollInterval, cancel);
        }
        _starts.Add(Stopwatch.GetElapsedTime(begun));
    }

    /// <summary>Stops it with SIGINT, like Ctrl+C.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _ = Kill(_process.Id, SigInt);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopsWithin);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException failure)
        {
            Progress.Say($"{_folder} could not be removed: {failure.Message}");
        }
    }

    private Process Launch()
    {
        var program = AppHost();
        var start = new ProcessStartInfo("/bin/sh")
        {
            // To a file: the output would fill a pipe, and it is needed after a failure.
            ArgumentList = { "-c", "exec dotnet \"$0\" > \"$1\" 2>&1", program, LogFile },
            WorkingDirectory = Path.GetDirectoryName(program)!,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
                ["ASPNETCORE_URLS"] = "http://localhost:0",
                ["Shop__Data"] = Path.Combine(_folder, "data"),
                ["Shop__InfoFile"] = InfoFile,
                ["Shop__Ports__Gateway"] = "0",
                ["Shop__Ports__Dashboard"] = "0",
                ["Shop__Ports__Storefront"] = "0",
                ["Shop__Ports__Console"] = "0",
                ["Shop__Ports__PaymentProvider"] = "0",
                ["Shop__Ports__Kafka"] = "0",
                ["Shop__Ports__Postgres"] = "0",
                ["Limits__SignUpsPerAddress"] = "1000000",
                ["MemberLimit__Requests"] = "1000000",
            },
        };
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new MistakeException($"{program} could not be started.");
    }

    /// <summary>Built beside this program: artifacts/bin/Shop.AppHost/‹configuration›.</summary>
    private static string AppHost()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.Parent!.Parent!.FullName, "Shop.AppHost", here.Name, "Shop.AppHost.dll");
        return File.Exists(program) ? program : throw new MistakeException($"{program} does not exist; ./shop load builds it.");
    }

    private string LastLines() =>
        File.Exists(LogFile) ? string.Join(Environment.NewLine, File.ReadLines(LogFile).TakeLast(15)) : "(no output)";

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
