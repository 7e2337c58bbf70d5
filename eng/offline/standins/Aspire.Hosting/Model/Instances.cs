using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How many equal processes a project gets.</summary>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    public int Replicas { get; } = replicas;
}

/// <summary>The orchestrator's name of one running copy; it is also what the dashboard and commands call the resource's id.</summary>
internal sealed record Instance(string Name, string Suffix);

internal sealed class InstancesAnnotation(IReadOnlyList<Instance> instances) : IResourceAnnotation
{
    public IReadOnlyList<Instance> Instances { get; } = instances;
}

internal static class InstanceExtensions
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>Executables and projects get their instance ids before anything is said about them.</summary>
    public static void EnsureInstances(this IResource resource)
    {
        if (resource is not (ExecutableResource or ProjectResource) || resource.HasAnnotationOfType<InstancesAnnotation>())
            return;

        var instances = Enumerable.Range(0, resource.GetReplicaCount())
            .Select(_ => RandomNumberGenerator.GetString(Letters, 8))
            .Select(suffix => new Instance($"{resource.Name}-{suffix}", suffix));
        resource.Annotations.Add(new InstancesAnnotation([.. instances]));
    }

    public static IReadOnlyList<Instance> GetInstances(this IResource resource) =>
        resource.TryGetLastAnnotation<InstancesAnnotation>(out var annotation) ? annotation.Instances : [];

    /// <summary>The ids under which a resource is known to notifications: its instances, or itself.</summary>
    public static IReadOnlyList<string> GetResourceIds(this IResource resource) =>
        resource.GetInstances() is { Count: > 0 } instances ? [.. instances.Select(i => i.Name)] : [resource.Name];
}
