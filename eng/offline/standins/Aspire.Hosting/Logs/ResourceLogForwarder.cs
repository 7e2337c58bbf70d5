using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Copies every resource's log into the AppHost's own (<c>App.Resources.name</c>): what a failing test prints.</summary>
internal sealed partial class ResourceLogForwarder(
    ResourceNotificationService notifications, ResourceLoggerService logs, IHostEnvironment environment, ILoggerFactory loggers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var following = new ConcurrentDictionary<string, Task>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
                _ = following.GetOrAdd(change.ResourceId, id => ForwardAsync(change.Resource.Name, id, stoppingToken));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(following.Values).ConfigureAwait(false);
        }
    }

    private async Task ForwardAsync(string name, string id, CancellationToken cancel)
    {
        await Task.Yield();
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{name}");
        try
        {
            await foreach (var batch in logs.WatchAsync(id, cancel).ConfigureAwait(false))
            {
                foreach (var line in batch)
                    Forward(logger, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, line.LineNumber, line.Content);
            }
        }
        catch (OperationCanceledException)
        {
            // The AppHost stops.
        }
    }

    [LoggerMessage(EventId = 0, Message = "{LineNumber}: {Line}")]
    private static partial void Forward(ILogger logger, LogLevel level, int lineNumber, string line);
}
