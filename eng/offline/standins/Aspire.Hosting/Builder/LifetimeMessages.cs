using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Says on the console what the application is doing.</summary>
internal sealed partial class LifetimeMessages(
    IHostApplicationLifetime lifetime, IConfiguration configuration, ILogger<DistributedApplication> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Starting(logger);
        Directory(logger, configuration["AppHost:Directory"]);
        lifetime.ApplicationStarted.Register(() => Started(logger));
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Distributed application starting.")]
    private static partial void Starting(ILogger logger);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Application host directory is: {AppHostDirectory}")]
    private static partial void Directory(ILogger logger, string? appHostDirectory);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Distributed application started. Press Ctrl+C to shut down.")]
    private static partial void Started(ILogger logger);
}
