using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Shop.AppHost.Infrastructure;

/// <summary>Where the embedded servers keep their data.</summary>
internal static class DataFolder
{
    public static string Kafka(ShopSettings settings) => Path.Combine(settings.Data, "kafka");

    /// <summary>As root PostgreSQL runs under the account nobody, which must be able to enter every folder above its data.</summary>
    public static string Postgres(ShopSettings settings, string server) => Path.Combine(PostgresRoot(settings), server);

    /// <summary>Leaves nothing of earlier runs. A folder is renamed first: broken off in the middle, no server starts on half of its data.</summary>
    public static void Empty(ShopSettings settings)
    {
        foreach (var folder in new[] { Kafka(settings), PostgresRoot(settings) })
        {
            var gone = $"{folder}.gone";
            DeleteIfThere(gone);
            if (!Directory.Exists(folder))
                continue;

            Directory.Move(folder, gone);
            DeleteIfThere(gone);
        }
    }

    /// <summary>A PostgreSQL server that uses these data right now, or null.</summary>
    public static int? RunningServer(ShopSettings settings)
    {
        if (!Directory.Exists(PostgresRoot(settings)))
            return null;

        return Directory.EnumerateDirectories(PostgresRoot(settings))
            .Select(PostmasterOf)
            .FirstOrDefault(pid => pid is not null);
    }

    /// <summary>The server's own process, as it says itself; null when none runs on this data.</summary>
    public static int? PostmasterOf(string data)
    {
        var file = Path.Combine(data, "postmaster.pid");
        try
        {
            return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), out var pid) && IsAlive(pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;    // it ended just now
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
