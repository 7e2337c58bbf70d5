using Microsoft.Extensions.Hosting;

namespace Shop.Persistence.Workers;

/// <summary>Work in the background until the process stops. What fails because it is stopping (a connection that goes, a call that is cut off) is no failure.</summary>
public abstract class Worker : BackgroundService
{
    protected abstract Task WorkAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WorkAsync(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Everything that must be put in order has been, in the worker's own finally blocks.
        }
    }
}
