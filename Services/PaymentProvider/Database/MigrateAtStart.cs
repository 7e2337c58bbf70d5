using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.PaymentProvider.Database;

/// <summary>
/// Migrates the database before the first request. EF holds a lock meanwhile, so a second process waits. While the server cannot be reached, because it starts later
/// or restarts, this retries; any other failure ends the process.
/// </summary>
internal sealed partial class MigrateAtStart(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MigrateAtStart> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        while (!await TryAsync(cancellationToken))
            await Task.Delay(Pause, clock, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<ProviderDb>().Database;
            // Connects without EF first: EF would retry with delays of up to half a minute and log each failure as an error.
            await using (var connection = new NpgsqlConnection(database.GetConnectionString()))
                await connection.OpenAsync(cancel);
            await database.MigrateAsync(cancel);
            return true;
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            LogUnreachable(failure.GetBaseException().Message);
            return false;
        }
    }

    private static bool IsUnreachable(Exception? failure) =>
        failure is not null && (failure is NpgsqlException { IsTransient: true } || IsUnreachable(failure.InnerException));

    [LoggerMessage(LogLevel.Warning, "The database cannot be reached; retrying: {Reason}")]
    private partial void LogUnreachable(string reason);
}
