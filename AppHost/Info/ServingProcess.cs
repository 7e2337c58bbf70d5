namespace Shop.AppHost.Info;

/// <summary>The orchestrator knows the process that it started; for a project that may be <c>dotnet run</c>, and the service is its child.</summary>
internal static class ServingProcess
{
    /// <summary>Null: it is no longer alive.</summary>
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
            return null;    // it ended just now, or this kernel does not tell
        }
    }
}
