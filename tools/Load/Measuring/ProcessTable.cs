using System.Globalization;

namespace Shop.Load.Measuring;

/// <summary>A snapshot of all processes of the machine (Linux).</summary>
internal sealed class ProcessTable
{
    private const double TicksPerSecond = 100;    // USER_HZ, the unit of /proc/‹pid›/stat
    private readonly Dictionary<int, (int Parent, double Cpu)> _processes = [];

    private ProcessTable() { }

    public static ProcessTable Read()
    {
        if (!OperatingSystem.IsLinux())
            throw new MistakeException("CPU time and memory by process are read from /proc, which only Linux has.");
        var table = new ProcessTable();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var pid) && ReadOrNull($"{folder}/stat") is { } stat)
                table._processes[pid] = Parse(stat);
        return table;
    }

    public IEnumerable<int> Pids => _processes.Keys;

    public bool Has(int pid) => _processes.ContainsKey(pid);

    public int ParentOf(int pid) => _processes.TryGetValue(pid, out var process) ? process.Parent : 0;

    /// <summary>CPU seconds of the process and of its ended children, such as a server's short-lived workers.</summary>
    public double CpuOf(int pid) => _processes[pid].Cpu;

    /// <summary>Proportional set size in bytes: private pages, and a share of shared pages. 0 if the process has ended.</summary>
    public static long MemoryOf(int pid)
    {
        var line = ReadOrNull($"/proc/{pid}/smaps_rollup")?.Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    public static string CommandOf(int pid) => ReadOrNull($"/proc/{pid}/cmdline")?.Replace('\0', ' ') ?? "";

    private static (int Parent, double Cpu) Parse(string stat)
    {
        // The name may contain spaces and brackets; it ends at the last bracket.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));    // user, system, and both of ended children
        return (int.Parse(fields[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;    // it has ended, or belongs to another user
        }
    }
}
