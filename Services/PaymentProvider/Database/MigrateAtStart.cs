using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.PaymentProvider.Database;

/// <summary>
/// Brings the tables up to date before the first request is taken. EF holds a lock meanwhile, so a second process waits. A server that is away, because it starts
/// later or again, is waited for; anything else ends the process: it must be seen.
/// </summary>
internal sealed partial class MigrateAtStart(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MigrateAtStart> log) : IHostedLifecycleService
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
            // Asked first without EF, which would repeat it by itself in pauses that grow to half a minute, and log each time as an error.
            await using (var connection = new NpgsqlConnection(database.GetConnectionString()))
                await connection.OpenAsync(cancel);
            await database.MigrateAsync(cancel);
            return true;
        }
        catch (Exception failure) when (IsAway(failure))
        {
            LogAway(failure.GetBaseException().Message);
            return false;
        }
    }

    private static bool IsAway(Exception? failure) =>
        failure is not null && (failure is NpgsqlException { IsTransient: true } || IsAway(failure.InnerException));

    [LoggerMessage(1, LogLevel.Warning, "The database is away, trying again: {Reason}")]
    private partial void LogAway(string reason);
}
