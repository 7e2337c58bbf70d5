using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.DatabaseSetup;

/// <summary>Sets up one database after the other, waits for a server that starts later, and stops the host.</summary>
internal sealed partial class SetupWorker(
    IOptions<SetupOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<SetupWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        deadline.CancelAfter(options.Value.Timeout);
        try
        {
            foreach (var (service, database) in options.Value.Databases)
            {
                await SetUpAsync(service, database, deadline.Token);
                LogReady(service);
            }
            Environment.ExitCode = 0;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped from outside: not all are there, so the exit code stays 1.
        }
        catch (OperationCanceledException)
        {
            LogTimedOut(options.Value.Timeout);
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task SetUpAsync(string service, DatabaseOptions database, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await RoleAndDatabase.EnsureAsync(database.Server, service, database.Password, cancel);
                return;
            }
            catch (NpgsqlException failure) when (failure.IsTransient || failure.SqlState is PostgresErrorCodes.CannotConnectNow)
            {
                LogWaiting(service, failure.Message);
                await Task.Delay(Pause, clock, cancel);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Database and role {Service} are there")]
    private partial void LogReady(string service);

    [LoggerMessage(LogLevel.Information, "The server of {Service} does not answer yet: {Reason}")]
    private partial void LogWaiting(string service, string reason);

    [LoggerMessage(LogLevel.Error, "The databases could not be set up")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "The databases could not be set up: a server has not answered within {Timeout}")]
    private partial void LogTimedOut(TimeSpan timeout);
}
