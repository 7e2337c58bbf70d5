using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp;

/// <summary>The orchestrator's objects, as far as they are used here. Its API has the form of Kubernetes' own.</summary>
internal static class DcpApi
{
    public const string Group = "usvc-dev.developer.microsoft.com";
    public const string Version = Group + "/v1";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static DcpExecutable Executable(string name, Dictionary<string, string> annotations, ExecutableSpec spec) =>
        new(Version, "Executable", new DcpMetadata(name, Annotations: annotations), spec);

    public static DcpService Service(string name, ServiceSpec spec) => new(Version, "Service", new DcpMetadata(name), spec);
}

internal sealed record DcpMetadata(string Name, string? Uid = null, DateTime? CreationTimestamp = null, Dictionary<string, string>? Annotations = null);

internal sealed record DcpService(string ApiVersion, string Kind, DcpMetadata Metadata, ServiceSpec Spec, ServiceStatus? Status = null);

/// <summary>A port that is listened on for programs that may come and go behind it.</summary>
internal sealed record ServiceSpec(string Protocol, int? Port, string? Address);

internal sealed record ServiceStatus(int? EffectivePort, string? EffectiveAddress, string? State);

internal sealed record DcpExecutable(string ApiVersion, string Kind, DcpMetadata Metadata, ExecutableSpec Spec, ExecutableStatus? Status = null);

/// <summary>What is empty is missing in an answer.</summary>
internal sealed record ExecutableSpec(
    string ExecutablePath, IReadOnlyList<string>? Args, string WorkingDirectory, IReadOnlyList<DcpVariable>? Env, bool? Stop = null);

internal sealed record DcpVariable(string Name, string? Value);

internal sealed record ExecutableStatus(
    string? State,
    int? Pid,
    int? ExitCode,
    DateTime? StartupTimestamp,
    DateTime? FinishTimestamp,
    IReadOnlyList<DcpVariable>? EffectiveEnv,
    IReadOnlyList<string>? EffectiveArgs);

/// <summary>Says which service a program stands behind, and on which port if it is not for the orchestrator to choose.</summary>
internal sealed record ServiceProducer(string ServiceName, int? Port = null, string? Address = null)
{
    public const string Annotation = "service-producer";
}

internal sealed record DcpChange(string Type, DcpExecutable Object);

internal static class ExecutableState
{
    public const string FailedToStart = nameof(FailedToStart);

    /// <summary>The program will not run any more under this object.</summary>
    public static bool IsFinal(string? state) => state is "Finished" or "Terminated" or FailedToStart;
}
