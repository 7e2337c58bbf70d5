using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Start, stop and restart, per instance, for all that the orchestrator runs.</summary>
internal static class LifecycleCommands
{
    public static void AddTo(IResource resource)
    {
        if (resource is not (ExecutableResource or ProjectResource) || resource.HasAnnotationOfType<HiddenAnnotation>())
            return;

        Add(resource, KnownResourceCommands.StartCommand, "Start", "Play", IconVariant.Filled, true, "Start this resource",
            (orchestrator, id, cancel) => orchestrator.StartAsync(id, cancel),
            state => state switch
            {
                null or "" or "Starting" or "Building" or "RuntimeUnhealthy" => ResourceCommandState.Disabled,
                "Waiting" => ResourceCommandState.Enabled,
                _ => IsDown(state) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
            });
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", IconVariant.Filled, true, "Stop this resource",
            (orchestrator, id, cancel) => orchestrator.StopAsync(id, cancel),
            state => state switch
            {
                "Stopping" => ResourceCommandState.Disabled,
                null or "" or "Starting" or "Waiting" or "Building" or "RuntimeUnhealthy" => ResourceCommandState.Hidden,
                _ => IsDown(state) ? ResourceCommandState.Hidden : ResourceCommandState.Enabled,
            });
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", IconVariant.Regular, false, "Stop and start this resource",
            async (orchestrator, id, cancel) =>
            {
                await orchestrator.StopAsync(id, cancel).ConfigureAwait(false);
                await orchestrator.StartAsync(id, cancel).ConfigureAwait(false);
            },
            state => state is null or "" or "Starting" or "Stopping" or "Waiting" or "Building" or "RuntimeUnhealthy" || IsDown(state)
                ? ResourceCommandState.Disabled
                : ResourceCommandState.Enabled);
    }

    private static bool IsDown(string state) =>
        KnownResourceStates.IsTerminal(state) || state == KnownResourceStates.NotStarted || state == KnownResourceStates.Unknown;

    private static void Add(
        IResource resource,
        string name,
        string displayName,
        string icon,
        IconVariant iconVariant,
        bool isHighlighted,
        string description,
        Func<Orchestrator, string, CancellationToken, Task> execute,
        Func<string?, ResourceCommandState> state)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(c => c.Name == name))
            return;
        resource.Annotations.Add(new ResourceCommandAnnotation(
            name,
            displayName,
            context => state(context.ResourceSnapshot.State?.Text),
            async context =>
            {
                var orchestrator = context.ServiceProvider.GetRequiredService<Orchestrator>();
                await execute(orchestrator, context.ResourceName, context.CancellationToken).ConfigureAwait(false);
                return CommandResults.Success($"{displayName} of '{context.ResourceName}' carried out.");
            },
            description,
            parameter: null,
            confirmationMessage: null,
            icon,
            iconVariant,
            isHighlighted));
    }
}
