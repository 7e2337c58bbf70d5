using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class References
{
    /// <summary>The resources that a value names, directly or through other values.</summary>
    public static IEnumerable<IResource> Of(object? value) => value switch
    {
        IResourceBuilder<IResource> builder => [builder.Resource],
        IResource resource => [resource],
        IValueWithReferences references => references.References.SelectMany(Of).Distinct(),
        _ => [],
    };
}
