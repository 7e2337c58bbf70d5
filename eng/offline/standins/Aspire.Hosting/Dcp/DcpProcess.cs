using System.Collections;
using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// Starts the orchestrator. It runs in a session of its own (a Ctrl+C in the terminal does not reach it) and watches this process:
/// when the AppHost is gone, however that came, it stops everything and itself.
/// </summary>
internal sealed class DcpProcess(DcpOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The AppHost's own affairs: programs inherit the orchestrator's environment.</summary>
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE"];

    public async Task<DcpConnection> StartAsync(CancellationToken cancel)
    {
        var session = Directory.CreateTempSubdirectory("aspire-dcp-").FullName;
        var kubeconfig = Path.Combine(session, "kubeconfig");
        var certificatePath = Path.Combine(session, "tls.pem");
        var keyPath = Path.Combine(session, "tls.key");
        var certificate = DcpCertificate.Write(certificatePath, keyPath, clock.GetUtcNow());

        var start = new ProcessStartInfo(options.CliPath)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "start-apiserver", "--detach",
                "--monitor", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--monitor-interval", "1",
                "--kubeconfig", kubeconfig, "--tls-cert-file", certificatePath, "--tls-key-file", keyPath,
            },
        };
        SetEnvironment(start, session);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        try
        {
            using var launcher = Process.Start(start) ?? throw new InvalidOperationException($"{options.CliPath} did not start.");
            var output = launcher.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = launcher.StandardError.ReadToEndAsync(deadline.Token);
            await launcher.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            if (launcher.ExitCode != 0)
            {
                throw new DistributedApplicationException(
                    $"The orchestrator ended with exit code {launcher.ExitCode}: {await output.ConfigureAwait(false)}{await errors.ConfigureAwait(false)}");
            }

            while (true)
            {
                if (DcpConnection.Read(kubeconfig, certificate) is { } connection)
                    return connection;
                await Task.Delay(TimeSpan.FromMilliseconds(10), deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"The orchestrator {options.CliPath} did not come up within {Patience.TotalSeconds:0} s. It needs HOME to be a writable folder; DcpPublisher:DiagnosticsLogFolder makes it write down what it does.", e);
        }
    }

    private void SetEnvironment(ProcessStartInfo start, string session)
    {
        start.Environment.Clear();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (!NotInherited.Contains((string)variable.Key, StringComparer.OrdinalIgnoreCase))
                start.Environment[(string)variable.Key] = (string?)variable.Value;
        }

        start.Environment["DCP_SESSION_FOLDER"] = session;
        if (options.DiagnosticsLogFolder is not null)
        {
            start.Environment["DCP_DIAGNOSTICS_LOG_FOLDER"] = options.DiagnosticsLogFolder;
            start.Environment["DCP_DIAGNOSTICS_LOG_LEVEL"] = options.DiagnosticsLogLevel ?? "info";
        }
    }
}
