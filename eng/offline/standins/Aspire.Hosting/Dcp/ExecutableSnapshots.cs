using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dcp;

/// <summary>What the orchestrator reports, in the words of the app model.</summary>
internal static class ExecutableSnapshots
{
    public static CustomResourceSnapshot Apply(IResource resource, DcpExecutable executable, CustomResourceSnapshot previous)
    {
        var status = executable.Status;
        var state = string.IsNullOrEmpty(status?.State) ? previous.State?.Text : status.State;
        if (state == "Terminated")
            state = KnownResourceStates.Finished;

        var properties = previous.Properties
            .Set(KnownProperties.ExecutablePath, executable.Spec.ExecutablePath)
            .Set(KnownProperties.ExecutableWorkDir, executable.Spec.WorkingDirectory)
            .Set(KnownProperties.ExecutableArgs, (status?.EffectiveArgs ?? executable.Spec.Args ?? []).ToImmutableArray(), sensitive: true)
            .Set(KnownProperties.ExecutablePid, state == KnownResourceStates.Running ? status?.Pid : null);
        if (resource is ProjectResource project)
            properties = properties.Set(KnownProperties.ProjectPath, project.GetProjectMetadata().ProjectPath);

        return previous with
        {
            State = state == previous.State?.Text ? previous.State : new ResourceStateSnapshot(state ?? KnownResourceStates.Starting, null),
            ExitCode = ExecutableState.IsFinal(status?.State) ? status?.ExitCode : null,
            Properties = properties,
            EnvironmentVariables = Variables(executable),
            CreationTimeStamp = executable.Metadata.CreationTimestamp?.ToUniversalTime() ?? previous.CreationTimeStamp,
            StartTimeStamp = status?.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status?.FinishTimestamp?.ToUniversalTime(),
            Urls = [.. previous.Urls.Select(u => u with { IsInactive = state != KnownResourceStates.Running })],
        };
    }

    /// <summary>All variables that the program got; marked are those that the AppHost has set.</summary>
    private static ImmutableArray<EnvironmentVariableSnapshot> Variables(DcpExecutable executable)
    {
        var spec = executable.Spec.Env ?? [];
        var set = spec.Select(v => v.Name).ToHashSet();
        return [.. (executable.Status?.EffectiveEnv ?? spec)
            .Select(v => new EnvironmentVariableSnapshot(v.Name, v.Value, set.Contains(v.Name)))
            .OrderBy(v => v.Name, StringComparer.Ordinal)];
    }
}
