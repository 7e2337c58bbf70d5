using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing
{
    /// <summary>Publishing is beyond the kit; the type is here because signatures name it.</summary>
    public sealed class ManifestPublishingContext
    {
        internal ManifestPublishingContext(Utf8JsonWriter writer) => Writer = writer;

        public Utf8JsonWriter Writer { get; }

        [DoesNotReturn]
        internal static void NotSupported() => throw new DistributedApplicationException(
            "Publishing needs the real Aspire packages: the offline kit only runs the application on this machine.");
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    public class ManifestPublishingCallbackAnnotation(Func<Publishing.ManifestPublishingContext, Task>? callback) : IResourceAnnotation
    {
        public static readonly ManifestPublishingCallbackAnnotation Ignore = new(callback: null);

        public Func<Publishing.ManifestPublishingContext, Task>? Callback { get; } = callback;
    }
}

namespace Aspire.Hosting
{
    public static partial class ResourceBuilderExtensions
    {
        public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder) where T : IResource =>
            builder.WithAnnotation(ManifestPublishingCallbackAnnotation.Ignore, ResourceAnnotationMutationBehavior.Replace);

        public static IResourceBuilder<T> WithManifestPublishingCallback<T>(
            this IResourceBuilder<T> builder, Func<Publishing.ManifestPublishingContext, Task> callback) where T : IResource =>
            builder.WithAnnotation(new ManifestPublishingCallbackAnnotation(callback), ResourceAnnotationMutationBehavior.Replace);
    }
}
