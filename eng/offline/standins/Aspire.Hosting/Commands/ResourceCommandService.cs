using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Carries out a resource's commands.</summary>
public partial class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _logs;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService logs, IServiceProvider services)
    {
        _notifications = notifications;
        _logs = logs;
        _services = services;
    }

    /// <summary>On one instance, by its id, or on the resource of that name.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (_notifications.TryGetCurrentState(resourceId, out var known))
            return await ExecuteAsync(known.Resource, known.ResourceId, commandName, cancellationToken).ConfigureAwait(false);

        var model = (DistributedApplicationModel?)_services.GetService(typeof(DistributedApplicationModel));
        return model is not null && model.Resources.TryGetByName(resourceId, out var resource)
            ? await ExecuteCommandAsync(resource, commandName, cancellationToken).ConfigureAwait(false)
            : CommandResults.Failure($"Resource '{resourceId}' not found.");
    }

    /// <summary>On all instances of the resource at once.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var results = await Task.WhenAll(resource.GetResourceIds().Select(id => ExecuteAsync(resource, id, commandName, cancellationToken))).ConfigureAwait(false);
        if (results.Length == 1)
            return results[0];
        var failures = results.Where(r => !r.Success).ToArray();
        return failures switch
        {
            [] => CommandResults.Success(),
            _ when failures.All(f => f.Canceled) => CommandResults.Canceled(),
            _ => CommandResults.Failure($"{failures.Length} of {results.Length} failed: {string.Join("; ", failures.Select(f => f.Message))}"),
        };
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string id, string commandName, CancellationToken cancel)
    {
        var logger = _logs.GetLogger(id);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().FirstOrDefault(c => c.Name == commandName);
        if (command is null)
        {
            LogUnknown(logger, commandName, id);
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{id}'.");
        }

        LogExecuting(logger, commandName);
        try
        {
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ServiceProvider = _services,
                ResourceName = id,
                CancellationToken = cancel,
                Logger = logger,
            }).ConfigureAwait(false);
            if (!result.Success)
                LogFailed(logger, null, commandName, result.Canceled ? "canceled" : result.Message);
            return result;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            LogFailed(logger, e, commandName, e.Message);
            return CommandResults.Failure(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Executing command '{Command}'.")]
    private static partial void LogExecuting(ILogger logger, string command);

    [LoggerMessage(Level = LogLevel.Error, Message = "Command '{Command}' failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, Exception? exception, string command, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Command '{Command}' not available for resource '{Resource}'.")]
    private static partial void LogUnknown(ILogger logger, string command, string resource);
}
