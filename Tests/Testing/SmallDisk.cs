using System.Diagnostics;

namespace Shop.Testing;

/// <summary>A separate file system, small enough to be filled. Only root may mount one, and not in every container.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string _folder = TestFolder.New("disk");

    private SmallDisk(int megabytes)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", _folder) != 0)
        {
            TestFolder.Delete(_folder);
            throw new InvalidOperationException("A file system cannot be mounted here.");
        }
    }

    /// <summary>Why a test that fills a real disk cannot run here; null if it can.</summary>
    public static string? WhyNone { get; } = CanMount() ? null : "needs a file system of its own: run as root where mounting is allowed";

    public string Folder => _folder;

    private string Ballast => Path.Combine(_folder, "ballast");

    public static SmallDisk Mount(int megabytes) => new(megabytes);

    /// <summary>Fills it completely.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size > 0; size /= 2)
        {
            try
            {
                while (true)
                    file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full for this block size.
            }
        }
    }

    public void MakeSpace() => File.Delete(Ballast);

    public void Dispose()
    {
        // Lazily: open files do not block the unmount.
        _ = Run("umount", "-l", _folder);
        TestFolder.Delete(_folder);
    }

    private static bool CanMount()
    {
        try
        {
            using var disk = Mount(1);
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
