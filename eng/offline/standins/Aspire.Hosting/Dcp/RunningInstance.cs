using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dcp;

/// <summary>One copy of a program, from its first start to the end of the AppHost.</summary>
internal sealed class RunningInstance(IResource resource, Instance instance)
{
    public IResource Resource { get; } = resource;

    public Instance Instance { get; } = instance;

    public string Id => Instance.Name;

    /// <summary>One start or stop at a time.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>A start that waits for others; released early by a start command.</summary>
    public CancellationTokenSource? Waiting { get; set; }

    /// <summary>The object of the last run. Late news of it must not be taken for news of the next run.</summary>
    public string? OutdatedUid { get; set; }

    public string? Uid { get; set; }
}
