using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Shop.AppHost.Infrastructure;

/// <summary>The data folders of the embedded servers.</summary>
internal static class DataFolder
{
    public static string Kafka(ShopSettings settings) => Path.Combine(settings.Data, "kafka");

    /// <summary>Mails, where there is no server for them.</summary>
    public static string Mail(ShopSettings settings) => Path.Combine(settings.Data, "mail");

    /// <summary>If started as root, PostgreSQL runs as the user nobody, who must be able to enter every folder above its data.</summary>
    public static string Postgres(ShopSettings settings, string server) => Path.Combine(PostgresRoot(settings), server);

    /// <summary>Deletes the data of earlier runs. A folder is renamed first: if the deletion is interrupted, no server starts on partial data.</summary>
    public static void Empty(ShopSettings settings)
    {
        foreach (var folder in new[] { Kafka(settings), Mail(settings), PostgresRoot(settings) })
        {
            var gone = $"{folder}.gone";
            DeleteIfThere(gone);
            if (!Directory.Exists(folder))
                continue;

            Directory.Move(folder, gone);
            DeleteIfThere(gone);
        }
    }

    /// <summary>The process id of a PostgreSQL server that is using this data, or null.</summary>
    public static int? RunningServer(ShopSettings settings)
    {
        if (!Directory.Exists(PostgresRoot(settings)))
            return null;

        return Directory.EnumerateDirectories(PostgresRoot(settings))
            .Select(PostmasterOf)
            .FirstOrDefault(pid => pid is not null);
    }

    /// <summary>The process id in the server's postmaster.pid; null if no server runs on this data.</summary>
    public static int? PostmasterOf(string data)
    {
        var file = Path.Combine(data, "postmaster.pid");
        try
        {
            return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), out var pid) && IsAlive(pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;    // it has just ended
        }
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string PostgresRoot(ShopSettings settings)
    {
        var wanted = Path.Combine(settings.Data, "postgres");
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess || EverybodyMayEnter(settings.Data))
            return wanted;

        // A checkout below /root, for example. The name is the same at every start of this checkout.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings.Data)))[..12];
        return Path.Combine("/var/tmp", $"shop-{name}");
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool EverybodyMayEnter(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            if (!current.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }
}
