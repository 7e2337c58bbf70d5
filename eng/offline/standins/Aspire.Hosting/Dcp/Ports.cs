using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Aspire.Hosting.Dcp;

/// <summary>Fixed ports are tried out before the orchestrator gets them: it waits for a taken one without a word.</summary>
internal static class Ports
{
    // The ports of a run that has just been killed are freed within this time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static async Task EnsureFreeAsync(int port, string resource, CancellationToken cancel)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!IsFree(port))
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                throw new DistributedApplicationException(
                    $"Port {port}, wanted by resource {resource}, is taken by {PortOwner.Find(port) ?? "another program"}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>A port for a program that listens itself. It is free now; nobody can promise more.</summary>
    public static int PickFree(ISet<int> taken)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (taken.Add(port))
                return port;
        }

        throw new DistributedApplicationException("No free port could be found.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}

/// <summary>Who listens on a port, as far as that can be seen.</summary>
internal static class PortOwner
{
    public static string? Find(int port)
    {
        try
        {
            return OperatingSystem.IsLinux() ? FindOnLinux(port) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NetworkInformationException)
        {
            return null;
        }
    }

    private static string? FindOnLinux(int port)
    {
        const string Listening = "0A";
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        var sockets = ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f.Length > 9 && f[1].EndsWith(suffix, StringComparison.Ordinal) && f[3] == Listening)
            .Select(f => $"socket:[{f[9]}]")
            .ToHashSet();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)))
        {
            if (Owns(folder, sockets))
                return $"{File.ReadAllText(Path.Combine(folder, "comm")).Trim()} (process {Path.GetFileName(folder)})";
        }

        return null;
    }

    private static bool Owns(string folder, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")).Any(fd => new FileInfo(fd).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended meanwhile, or is not ours to look into.
            return false;
        }
    }
}
