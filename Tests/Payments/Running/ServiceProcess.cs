using Shop.Testing;

namespace Shop.Payments.Tests.Running;

/// <summary>A service as a process of its own, from the assembly beside the tests.</summary>
internal static class ServiceProcess
{
    public static async Task<ServerProcess> StartAsync(string assembly, int httpPort, IReadOnlyDictionary<string, string> environment)
    {
        var process = Launch(assembly, environment);
        try
        {
            await process.AnswersAsync(httpPort, TimeSpan.FromSeconds(30));
            using var http = new HttpClient();
            await Eventually.TrueAsync(
                async () => process.HasExited || (await http.GetAsync($"http://127.0.0.1:{httpPort}/health")).IsSuccessStatusCode,
                $"{assembly} is healthy",
                TimeSpan.FromSeconds(30));
            if (process.HasExited)
                throw new InvalidOperationException("The process has exited.");
        }
        catch (Exception failure)
        {
            await process.DisposeAsync();
            throw new InvalidOperationException($"{assembly} does not start:\n{process.Output}", failure);
        }

        return process;
    }

    public static ServerProcess Launch(string assembly, IReadOnlyDictionary<string, string> environment)
    {
        var all = new Dictionary<string, string>(environment)
        {
            ["ASPNETCORE_ENVIRONMENT"] = environment.GetValueOrDefault("ASPNETCORE_ENVIRONMENT", "Development"),
            ["Lifetime__Drain"] = "00:00:00",
            // Members does not run, and tests count the calls of the provider.
            ["WarmUp__Enabled"] = "false",
        };
        return ServerProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")], all);
    }
}
