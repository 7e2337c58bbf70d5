using System.Collections.Concurrent;

namespace Shop.Notifications.Notices;

/// <summary>
/// Waiting notifications whose text this process cannot write, because their kind or their facts are unknown to it. They hold up no others, and stay in their table: the version that
/// knows them makes them at its start. Thread-safe; a singleton.
/// </summary>
internal sealed partial class UnmadeNotifications(ILogger<UnmadeNotifications> logger)
{
    private readonly ConcurrentDictionary<Guid, bool> _ids = [];

    public Guid[] Ids => [.. _ids.Keys];

    public void Add(Guid id, Exception failure)
    {
        if (_ids.TryAdd(id, true))
            LogUnmade(failure, id);
    }

    [LoggerMessage(LogLevel.Error, "Waiting notification {Id} cannot be made: its text cannot be written; it stays in waiting_notifications, and is tried again at the next start")]
    private partial void LogUnmade(Exception failure, Guid id);
}
