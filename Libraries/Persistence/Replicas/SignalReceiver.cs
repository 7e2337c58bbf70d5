using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Persistence.Connections;
using Shop.Persistence.Workers;

namespace Shop.Persistence.Replicas;

/// <summary>One session that listens on every channel of the service and holds this replica's presence lock.</summary>
internal sealed partial class SignalReceiver(
    SessionConnections sessions, ReplicaPresence presence, DatabaseReadiness readiness, IEnumerable<ISignalListener> listeners, ILogger<SignalReceiver> logger) : Worker
{
    private readonly ILookup<string, ISignalListener> _listeners = listeners.ToLookup(listener => listener.Channel);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ListenAsync(() => attempt = 0, stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                LogInterrupted(failure.Message);
                // Short: a replica without a session counts as dead after Replicas:DeadAfter.
                await Task.Delay(Backoff.Delay(Math.Min(attempt + 1, 6), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)), stopping);
            }
        }
    }

    private async Task ListenAsync(Action listening, CancellationToken cancel)
    {
        await using var connection = await sessions.OpenAsync(cancel);
        connection.Notification += (_, notification) =>
        {
            foreach (var listener in _listeners[notification.Channel])
                listener.Signalled(notification.Payload);
        };
        foreach (var channel in _listeners)
        {
            await using var listen = new NpgsqlCommand($"listen \"{channel.Key}\"", connection);
            await listen.ExecuteNonQueryAsync(cancel);
        }
        await presence.AnnounceAsync(connection, cancel);
        foreach (var listener in _listeners.SelectMany(channel => channel))
            listener.ListeningBegan();
        listening();
        while (true)
            await connection.WaitAsync(cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Signals between replicas are interrupted, polling continues: {Reason}")]
    private partial void LogInterrupted(string reason);
}
