using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.Persistence;

/// <summary>Says when the database has its tables. Every worker waits for it; the service is not ready before.</summary>
public sealed class DatabaseReadiness : IHealthCheck
{
    private readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Returns when the tables are there: every worker and seeder of a service waits for it first.</summary>
    public Task WaitAsync(CancellationToken cancel) => _migrated.Task.WaitAsync(cancel);

    internal void Migrated() => _migrated.TrySetResult();

    /// <summary>The process ends; nobody is left waiting meanwhile.</summary>
    internal void Failed(Exception reason) => _migrated.TrySetException(reason);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_migrated.Task.IsCompletedSuccessfully
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "The database is not migrated yet."));
}
