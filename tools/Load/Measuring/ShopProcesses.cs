using Shop.Load.Running;

namespace Shop.Load.Measuring;

/// <summary>The shop's processes by group: services, servers, the AppHost's tools, and the load program.</summary>
internal sealed class ShopProcesses
{
    public const string Load = "(load)";
    public const string Tools = "AppHost";
    private readonly Dictionary<int, string> _roots = [];

    public ShopProcesses(RunningShop shop)
    {
        foreach (var (name, service) in shop.Info.Services)
            foreach (var replica in service.Replicas)
                _roots[replica.Pid] = name;
        foreach (var server in shop.Info.Postgres ?? [])
            if (server.Pid is { } pid)
                _roots[pid] = "postgres";
        if (shop.Info.Kafka.Pid is { } broker)
            _roots[broker] = "kafka";
        if (shop.AppHost is { } appHost)
        {
            _roots[appHost] = Tools;
            // Aspire's orchestrator is not a child of the AppHost, but has its pid as --monitor; the dashboard is a child of the orchestrator.
            var table = ProcessTable.Read();
            foreach (var pid in table.Pids)
                if (ProcessTable.CommandOf(pid).Contains($" --monitor {appHost} ", StringComparison.Ordinal))
                    _roots[pid] = Tools;
        }
        _roots[Environment.ProcessId] = Load;
    }

    /// <summary>Counts a database backend of the load program as load.</summary>
    public void CountAsLoad(int backend) => _roots[backend] = Load;

    public IReadOnlyDictionary<string, double> Cpu()
    {
        var table = ProcessTable.Read();
        return Members(table).ToDictionary(group => group.Key, group => group.Value.Sum(table.CpuOf));
    }

    public IReadOnlyDictionary<string, long> Memory() =>
        Members(ProcessTable.Read()).ToDictionary(group => group.Key, group => group.Value.Sum(ProcessTable.MemoryOf));

    private Dictionary<string, List<int>> Members(ProcessTable table)
    {
        var groups = new Dictionary<string, List<int>>();
        foreach (var pid in table.Pids)
        {
            if (GroupOf(pid, table) is not { } group)
                continue;
            if (!groups.TryGetValue(group, out var members))
                groups[group] = members = [];
            members.Add(pid);
        }
        return groups;
    }

    private string? GroupOf(int pid, ProcessTable table)
    {
        for (var ancestor = pid; ancestor > 0; ancestor = table.ParentOf(ancestor))
            if (_roots.TryGetValue(ancestor, out var group))
                return group == Tools ? ToolName(pid) : group;
        return null;
    }

    private static string ToolName(int pid) => ProcessTable.CommandOf(pid) switch
    {
        var command when command.TrimEnd().EndsWith(" dashboard", StringComparison.OrdinalIgnoreCase) => "dashboard",
        var command when command.Split(' ')[0].EndsWith("dcp", StringComparison.OrdinalIgnoreCase) => "orchestrator",
        _ => Tools,
    };
}
