namespace Aspire.Hosting.Dcp;

/// <summary>All that is asked of the orchestrator.</summary>
internal interface IDcp
{
    /// <summary>Starts to listen; the answer is the service with its port.</summary>
    Task<DcpService> CreateServiceAsync(DcpService service, CancellationToken cancel);

    Task<DcpExecutable> CreateExecutableAsync(DcpExecutable executable, CancellationToken cancel);

    Task<DcpExecutable?> FindExecutableAsync(string name, CancellationToken cancel);

    /// <summary>SIGTERM now, SIGKILL 6 s later; irrevocable for this object.</summary>
    Task StopExecutableAsync(string name, CancellationToken cancel);

    /// <summary>Stops it if need be and forgets it, with its log. Returns when the name is free again.</summary>
    Task DeleteExecutableAsync(string name, CancellationToken cancel);

    /// <summary>What is, then what changes. Ends only by cancellation or with the orchestrator.</summary>
    IAsyncEnumerable<DcpChange> WatchExecutablesAsync(CancellationToken cancel);

    /// <summary>Lines with their time, oldest first. <paramref name="source"/>: stdout, stderr or system.</summary>
    IAsyncEnumerable<string> ReadLogAsync(string name, string source, bool follow, int? tail, CancellationToken cancel);

    /// <summary>Stops whatever still runs, and the orchestrator itself.</summary>
    Task ShutDownAsync(CancellationToken cancel);
}
