using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.Persistence;

/// <summary>Whether the database is migrated. Every worker waits for it; until then the service is not ready. Thread-safe; a singleton.</summary>
public sealed class DatabaseReadiness : IHealthCheck
{
    private readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the migration has been applied. Every worker and seeder awaits it before its first query. A failed migration is thrown to every waiter.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled first.</exception>
    public Task WaitAsync(CancellationToken cancel) => _migrated.Task.WaitAsync(cancel);

    internal void Migrated() => _migrated.TrySetResult();

    /// <summary>Fails all waiters; the process then ends.</summary>
    internal void Failed(Exception reason) => _migrated.TrySetException(reason);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_migrated.Task.IsCompletedSuccessfully
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "The database is not migrated yet."));
}
