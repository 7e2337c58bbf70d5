using Npgsql;
using Shop.Messaging.Database;

namespace Shop.Catalog.Caching;

/// <summary>Listens to what other replicas have changed. While it cannot listen, an answer's short life is what counts.</summary>
internal sealed partial class HearProductChanges(CatalogCache cache, SessionConnections connections, DatabaseReadiness database, ILogger<HearProductChanges> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await database.WaitAsync(stoppingToken);
            while (true)
                await ListenAsync(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever it was waiting for, it is not any more.
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = await connections.OpenAsync(cancel);
            connection.Notification += (_, notification) => Hear(notification.Payload);
            await using (var listen = new NpgsqlCommand($"listen {ProductChanges.Channel}", connection))
                await listen.ExecuteNonQueryAsync(cancel);
            // What was said while nobody listened.
            cache.ForgetAll();
            while (true)
                await connection.WaitAsync(cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            LogInterrupted(failure.Message);
            await Task.Delay(Pause, cancel);
        }
    }

    private void Hear(string payload)
    {
        if (ProductChanges.Read(payload) is { } products)
            cache.Forget(products);
        else
            cache.ForgetAll();
    }

    [LoggerMessage(LogLevel.Warning, "Changes by other replicas are not heard for the moment, and seen when answers grow old: {Reason}")]
    private partial void LogInterrupted(string reason);
}
