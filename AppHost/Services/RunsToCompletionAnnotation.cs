namespace Shop.AppHost.Services;

/// <summary>Marks a program that runs to completion: a successful exit is no crash, and the shop is healthy without it.</summary>
internal sealed class RunsToCompletionAnnotation : IResourceAnnotation;

internal static class RunsToCompletionExtensions
{
    public static IResourceBuilder<T> RunsToCompletion<T>(this IResourceBuilder<T> resource) where T : IResource => resource.WithAnnotation(new RunsToCompletionAnnotation());

    public static bool RunsToCompletion(this IResource resource) => resource.HasAnnotationOfType<RunsToCompletionAnnotation>();
}
