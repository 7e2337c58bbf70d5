using System.Globalization;

namespace Shop.AppHost.Settings;

/// <summary>
/// Allows one shop at a time on a data folder, however it is started (<c>./shop run</c>, F5, <c>aspire run</c>). The operating system releases the lock when the process
/// ends, also after a crash, so there are no stale locks.
/// </summary>
internal static class RunLock
{
    // Referenced until the process ends: finalising a stream would release its lock.
    private static readonly List<FileStream> Held = [];

    /// <summary>Call it before anything that could disturb a running shop: its ports, its data, its document.</summary>
    public static void RunsAlone(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        var settings = ShopSettings.Of(builder);
        Take(Path.Combine(settings.Data, "apphost.lock"), "Shop:Data", settings.Data);
        Take(Path.ChangeExtension(settings.InfoFile, ".lock"), "Shop:InfoFile", settings.InfoFile);
    }

    /// <param name="file">Not deleted at the end: otherwise two processes could lock two files of one name.</param>
    /// <param name="setting">The setting that names what is locked.</param>
    /// <param name="what">Its value.</param>
    /// <exception cref="SetupException">Another process has it.</exception>
    internal static void Take(string file, string setting, string what)
    {
        // A locked file cannot be read: a second file holds the owner's process id.
        var owner = $"{file}.pid";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            // On Unix flock(2), which the servers do not inherit: they may end a little later.
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
            return "another process";    // it is just taking the lock
        }
    }
}
