using System.Globalization;

namespace Shop.AppHost.Settings;

/// <summary>
/// One shop at a time on one folder of data, whoever starts it: <c>./shop run</c>, F5, <c>aspire run</c>. The operating system holds the lock and lets go of it when
/// the process ends, however that ends. So nobody has to tell a lock from one that was left behind.
/// </summary>
internal static class RunLock
{
    // The process has them until it ends: a collected stream would unlock.
    private static readonly List<FileStream> Held = [];

    /// <summary>Before anything that a running shop would notice: its ports, its data, its document.</summary>
    public static void RunsAlone(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        var settings = ShopSettings.Of(builder);
        Take(Path.Combine(settings.Data, "apphost.lock"), "Shop:Data", settings.Data);
        Take(Path.ChangeExtension(settings.InfoFile, ".lock"), "Shop:InfoFile", settings.InfoFile);
    }

    /// <param name="file">Stays when the process ends: deleting it would let two processes lock two files of one name.</param>
    /// <param name="setting">The setting that names what is locked.</param>
    /// <param name="what">Its value.</param>
    /// <exception cref="SetupException">Another process has it.</exception>
    internal static void Take(string file, string setting, string what)
    {
        // The lock cannot be read while it is held; its neighbour says by whom.
        var owner = $"{file}.pid";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            // On Unix flock(2), which is not inherited by the servers: they may live a little longer.
            var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            lock (Held)
                Held.Add(held);
            File.WriteAllText(owner, $"{Environment.ProcessId}\n");
        }
        catch (IOException) when (File.Exists(file) && !CanBeOpened(file))
        {
            throw new SetupException(
                $"the shop is running already: {setting} is {what}, which {Owner(owner)} uses; end that one first, or set {setting.Replace(":", "__", StringComparison.Ordinal)} to another.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"{setting} is {what}, which cannot be written: {failure.Message}");
        }
    }

    private static bool CanBeOpened(string file)
    {
        try
        {
            using var _ = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Owner(string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(file), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid) ? $"process {pid}" : "another process";
        }
        catch (IOException)
        {
            return "another process";    // it has locked this moment
        }
    }
}
