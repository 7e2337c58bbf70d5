namespace Shop.Testing;

/// <summary>A folder for one run of tests, which other accounts may enter: PostgreSQL does not run as root.</summary>
public static class TestFolder
{
    public static string New(string name)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"shop-{name}-{Environment.ProcessId}-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        return folder;
    }

    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A process that is ending may still write; the system cleans its temporary folder.
        }
    }
}
