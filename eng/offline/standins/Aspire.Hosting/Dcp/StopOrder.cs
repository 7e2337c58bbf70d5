using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dcp;

/// <summary>The reverse of who needs whom: a wave holds what nothing that is left needs any more.</summary>
internal static class StopOrder
{
    public static IReadOnlyList<IReadOnlyCollection<IResource>> Of(IEnumerable<IResource> resources)
    {
        var left = resources.ToHashSet();
        var waves = new List<IReadOnlyCollection<IResource>>();
        while (left.Count > 0)
        {
            var wave = Unneeded(left, Needs);

            // Two that only refer to each other are a circle; who waited for whom decides then, and if that is a circle, too, all go.
            if (wave.Count == 0)
                wave = Unneeded(left, NeedsToStart);
            if (wave.Count == 0)
                wave = [.. left];
            left.ExceptWith(wave);
            waves.Add(wave);
        }

        return waves;
    }

    private static List<IResource> Unneeded(HashSet<IResource> left, Func<IResource, IEnumerable<IResource>> needs)
    {
        var needed = left.SelectMany(r => needs(r).Where(n => n != r)).ToHashSet();
        return [.. left.Where(r => !needed.Contains(r))];
    }

    private static IEnumerable<IResource> NeedsToStart(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource)
            .Concat(resource is IResourceWithParent child ? [child.Parent] : []);

    private static IEnumerable<IResource> Needs(IResource resource) =>
        NeedsToStart(resource).Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Where(r => r.Type is RelationshipTypes.Reference or RelationshipTypes.WaitFor or RelationshipTypes.Parent).Select(r => r.Resource));
}
