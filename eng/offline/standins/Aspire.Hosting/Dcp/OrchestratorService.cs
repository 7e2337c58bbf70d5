using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dcp;

/// <summary>Runs the orchestration as a part of the host: last to start, first to stop.</summary>
internal sealed class OrchestratorService(Orchestrator orchestrator) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => orchestrator.RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => orchestrator.StopAllAsync(cancellationToken);
}
