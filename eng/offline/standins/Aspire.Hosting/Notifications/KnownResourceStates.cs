namespace Aspire.Hosting.ApplicationModel;

public static class KnownResourceStates
{
    public static readonly string NotStarted = nameof(NotStarted);
    public static readonly string Waiting = nameof(Waiting);
    public static readonly string Starting = nameof(Starting);
    public static readonly string Running = nameof(Running);
    public static readonly string Active = nameof(Active);
    public static readonly string Building = nameof(Building);
    public static readonly string Stopping = nameof(Stopping);
    public static readonly string Finished = nameof(Finished);
    public static readonly string Exited = nameof(Exited);
    public static readonly string FailedToStart = nameof(FailedToStart);
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);
    public static readonly string ValueMissing = "Value missing";

    /// <summary>The instance has ended and does not come back by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];

    internal const string Unknown = "Unknown";

    internal static bool IsTerminal(string? state) => state is not null && TerminalStates.Contains(state);
}

public static class KnownResourceStateStyles
{
    public static readonly string Success = "success";
    public static readonly string Info = "info";
    public static readonly string Warn = "warning";
    public static readonly string Error = "error";
}

/// <summary>Names of properties that the dashboard knows how to show.</summary>
internal static class KnownProperties
{
    public const string ConnectionString = "resource.connectionString";
    public const string ExitCode = "resource.exitCode";
    public const string ParentName = "resource.parentName";
    public const string Source = "resource.source";
    public const string ExecutablePath = "executable.path";
    public const string ExecutableArgs = "executable.args";
    public const string ExecutableWorkDir = "executable.workDir";
    public const string ExecutablePid = "executable.pid";
    public const string ProjectPath = "project.path";
    public const string ParameterValue = "Value";
}

public static class CustomResourceKnownProperties
{
    public static string Source => KnownProperties.Source;

    public static string ConnectionString => KnownProperties.ConnectionString;
}
