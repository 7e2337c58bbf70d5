using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>How a test gets hold of the builder that an AppHost's own entry point makes. Flows with the entry point's execution context.</summary>
internal sealed class BuilderHooks
{
    private static readonly AsyncLocal<BuilderHooks?> Ambient = new();

    public static BuilderHooks? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public Action<DistributedApplicationOptions, HostApplicationBuilderSettings> Creating { get; init; } = (_, _) => { };

    public Action<DistributedApplicationBuilder> Created { get; init; } = _ => { };

    /// <summary>May block: the entry point goes on when it returns.</summary>
    public Action<DistributedApplicationBuilder> Building { get; init; } = _ => { };

    public Action<DistributedApplication> Built { get; init; } = _ => { };
}
