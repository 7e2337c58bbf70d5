using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(executeCommand);
        var options = commandOptions ?? new CommandOptions();

        // A command of the same name is replaced: that is how an author overrides start and stop.
        foreach (var old in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(c => c.Name == name).ToArray())
            builder.Resource.Annotations.Remove(old);
        return builder.WithAnnotation(new ResourceCommandAnnotation(
            name,
            displayName,
            options.UpdateState ?? (_ => ResourceCommandState.Enabled),
            executeCommand,
            options.Description,
            parameter: null,
            options.ConfirmationMessage,
            options.IconName,
            options.IconVariant,
            options.IsHighlighted));
    }
}
