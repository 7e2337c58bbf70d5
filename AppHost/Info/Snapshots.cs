using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.AppHost.Info;

/// <summary>The latest snapshot of every process, with its addresses.</summary>
internal sealed class Snapshots
{
    private readonly Dictionary<string, ResourceEvent> _latest = [];

    /// <returns>True: a value shown in the document has changed.</returns>
    public bool Take(ResourceEvent change)
    {
        var isChanged = !_latest.TryGetValue(change.ResourceId, out var before)
            || before.Snapshot.State?.Text != change.Snapshot.State?.Text
            || before.Snapshot.HealthStatus != change.Snapshot.HealthStatus
            || Pid(before.Snapshot) != Pid(change.Snapshot)
            || before.Snapshot.EnvironmentVariables.Length != change.Snapshot.EnvironmentVariables.Length;
        _latest[change.ResourceId] = change;
        return isChanged;
    }

    /// <summary>True: at least one replica is running and healthy.</summary>
    public bool IsHealthy(IResource resource) =>
        Of(resource).Any(snapshot => snapshot.State?.Text == KnownResourceStates.Running && snapshot.HealthStatus is HealthStatus.Healthy);

    public IReadOnlyList<ReplicaInfo> Replicas(IResource resource) => Of(resource)
        .Where(snapshot => snapshot.State?.Text == KnownResourceStates.Running)
        .Select(snapshot => ServingProcess.Of(Pid(snapshot) ?? 0) is { } pid
            ? new ReplicaInfo(pid, Variable(snapshot, "ASPNETCORE_URLS")?.Split(';')[0], Variable(snapshot, "GRPC_PORT") is { } port ? $"http://localhost:{port}" : null)
            : null)
        .OfType<ReplicaInfo>()
        .ToList();

    public int? PidOf(IResource resource) => Of(resource).Select(Pid).FirstOrDefault();

    private IEnumerable<CustomResourceSnapshot> Of(IResource resource) =>
        _latest.Values.Where(change => change.Resource.Name == resource.Name).OrderBy(change => change.ResourceId, StringComparer.Ordinal).Select(change => change.Snapshot);

    private static int? Pid(CustomResourceSnapshot snapshot) => snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value switch
    {
        int pid => pid,
        long pid => (int)pid,
        string text when int.TryParse(text, out var pid) => pid,
        _ => null,
    };

    private static string? Variable(CustomResourceSnapshot snapshot, string name) =>
        snapshot.EnvironmentVariables.FirstOrDefault(variable => variable.Name == name)?.Value is { Length: > 0 } value ? value : null;
}
