namespace Shop.AppHost.Info;

/// <summary>Finds the serving process: the orchestrator reports the process that it started, which may be <c>dotnet run</c> with the service as its child.</summary>
internal static class ServingProcess
{
    /// <summary>Null: the process has ended.</summary>
    public static int? Of(int started)
    {
        if (!OperatingSystem.IsLinux())
            return started;
        if (!Directory.Exists($"/proc/{started}"))
            return null;

        var pid = started;
        while (Child(pid) is { } child)
            pid = child;
        return pid;
    }

    private static int? Child(int pid)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{pid}/task")
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse)
                .Cast<int?>()
                .FirstOrDefault();
        }
        catch (IOException)
        {
            return null;    // it has just ended, or the kernel does not list children
        }
    }
}
