using System.Globalization;
using System.Runtime.Versioning;

namespace Shop.AppHost.Settings;

/// <summary>Finds the process that listens on a port by /proc, among those that this user may inspect.</summary>
[SupportedOSPlatform("linux")]
internal static class PortOwner
{
    private const string Listening = "0A";

    /// <summary>"process 4711 (java)", or null.</summary>
    public static string? Find(int port)
    {
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[3] == Listening && int.Parse(row[1].Split(':')[1], NumberStyles.HexNumber) == port)
            .Select(row => $"socket:[{row[9]}]")
            .ToHashSet();

        return Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(pid => int.TryParse(pid, out _) && Holds(pid!, sockets))
            .Select(pid => $"process {pid} ({Name(pid!)})")
            .FirstOrDefault();
    }

    private static bool Holds(string pid, HashSet<string> sockets)
    {
        try
        {
            return new DirectoryInfo($"/proc/{pid}/fd").EnumerateFileSystemInfos().Any(handle => handle.LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;   // it has ended, or belongs to another user
        }
    }

    private static string Name(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").Trim();
        }
        catch (IOException)
        {
            return "?";
        }
    }
}
