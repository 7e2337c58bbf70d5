using System.Diagnostics;

namespace Shop.AppHost.Tests;

/// <summary>The AppHost in its own process, as <c>./shop run</c>, F5 and <c>aspire run</c> start it, on free ports and in the test's folder.</summary>
internal sealed class AppHostProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private AppHostProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Pid => _process.Id;

    public bool HasEnded => _process.HasExited;

    public static AppHostProcess Start(string folder, params (string Name, string Value)[] settings)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.Parent!.Parent!.FullName, "Shop.AppHost", here.Name, "Shop.AppHost.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
                ["ASPNETCORE_URLS"] = "http://localhost:0",
                ["Shop__Infrastructure"] = "Embedded",
                ["Shop__Broker"] = "Mock",
                ["Shop__Data"] = Path.Combine(folder, "data"),
                ["Shop__InfoFile"] = Path.Combine(folder, "info.json"),
            },
        };
        foreach (var port in new[] { "Gateway", "Storefront", "Dashboard", "PaymentProvider", "Kafka", "Postgres" })
            start.Environment[$"Shop__Ports__{port}"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <returns>Its exit code and its standard error.</returns>
    public async Task<(int Code, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await _output;
        return (_process.ExitCode, await _errors);
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
