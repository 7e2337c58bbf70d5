using System.Diagnostics;

namespace Shop.AppHost.Infrastructure;

/// <summary>Containers if a container runtime is running, otherwise PostgreSQL and Kafka as processes on this machine.</summary>
internal static class InfrastructureChoice
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    public static InfrastructureKind ChooseInfrastructure(this IDistributedApplicationBuilder builder)
    {
        var settings = ShopSettings.Of(builder);
        // A published shop runs elsewhere: in containers, unless the servers are external.
        if (builder.ExecutionContext.IsPublishMode)
            return settings.Infrastructure is InfrastructureKind.External ? InfrastructureKind.External : InfrastructureKind.Containers;

        settings.Infrastructure ??= ContainerRuntimeAnswers(builder.Configuration["ASPIRE_CONTAINER_RUNTIME"])
            ? InfrastructureKind.Containers
            : InfrastructureKind.Embedded;
        if (settings.Infrastructure is InfrastructureKind.Embedded && OperatingSystem.IsWindows())
            throw new SetupException("embedded servers run on Linux and macOS; on Windows start Docker or Podman, use WSL, or set Shop__Infrastructure to External.");
        return settings.Infrastructure.Value;
    }

    private static bool ContainerRuntimeAnswers(string? chosen) =>
        (chosen is { Length: > 0 } ? [chosen] : new[] { "docker", "podman" }).Any(Answers);

    /// <summary>Queries the server's version: an installed client does not prove a running server.</summary>
    private static bool Answers(string runtime)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(runtime, ["version", "--format", "{{.Server.Version}}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (process!.WaitForExit(Timeout))
                return process.ExitCode == 0;

            process.Kill();
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;   // not installed
        }
    }
}
