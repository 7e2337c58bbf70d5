namespace Shop.AppHost.Info;

/// <summary>The document on disk: readable by its owner only, and replaced atomically.</summary>
internal sealed class InfoFile(string path)
{
    private readonly string _pid = Path.ChangeExtension(path, ".pid");
    private string? _written;

    /// <summary>Writes the process id, before the shop is healthy.</summary>
    public static InfoFile Begin(string path)
    {
        var file = new InfoFile(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file.Withdraw();
            File.WriteAllText(file._pid, $"{Environment.ProcessId}\n");
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"Shop:InfoFile is {path}, which cannot be written: {failure.Message}");
        }
    }

    public void Write(string text)
    {
        if (text == _written)
            return;

        // It holds passwords, so only the owner may read it. Written to a temporary file and moved, so that a reader sees the whole document.
        var aside = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(aside, options))
            writer.WriteLine(text);
        File.Move(aside, path, overwrite: true);
        _written = text;
    }

    public void Withdraw()
    {
        _written = null;
        File.Delete(path);
    }

    public void End()
    {
        Withdraw();
        File.Delete(_pid);
    }
}
