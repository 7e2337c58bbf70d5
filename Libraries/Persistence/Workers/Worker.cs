using Microsoft.Extensions.Hosting;

namespace Shop.Persistence.Workers;

/// <summary>Background work until the process stops. Exceptions during the stop (a closed connection, a cancelled call) are ignored; an earlier one ends the process.</summary>
public abstract class Worker : BackgroundService
{
    /// <summary>The work. Returns, or throws, after <paramref name="stopping"/> was cancelled.</summary>
    protected abstract Task WorkAsync(CancellationToken stopping);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WorkAsync(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The worker's own finally blocks have done the clean-up.
        }
    }
}
