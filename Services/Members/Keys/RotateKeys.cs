using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Members.Keys;

/// <summary>Loads the keys at the start. Every minute it creates the key that is due and reloads, since another replica may have created one.</summary>
internal sealed partial class RotateKeys(
    IServiceScopeFactory scopes, DatabaseReadiness database, KeyRing ring, TimeProvider clock, ILogger<RotateKeys> logger)
    : RecurringWorker(database, clock), IHealthCheck
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilLoaded = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the keys are loaded.</summary>
    public Task LoadedAsync(CancellationToken cancel) => _loaded.Task.WaitAsync(cancel);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(ring.IsEmpty ? HealthCheckResult.Unhealthy("The signing keys are not loaded yet.") : HealthCheckResult.Healthy());

    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await CheckAsync(stopping);
        return Interval;
    }

    /// <summary>The database may be unavailable; the keys in memory stay valid meanwhile. Without its key this process must not run on.</summary>
    protected override TimeSpan OnFailure(Exception failure)
    {
        if (failure is SigningKeyLostException)
            ExceptionDispatchInfo.Throw(failure);
        LogNotRotated(failure);
        return ring.IsEmpty ? UntilLoaded : Interval;
    }

    internal async Task CheckAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        ring.Replace(await scope.ServiceProvider.GetRequiredService<KeyStore>().RotateAsync(cancel));
        _loaded.TrySetResult();
    }

    [LoggerMessage(LogLevel.Warning, "The signing keys could not be loaded or rotated; retrying")]
    private partial void LogNotRotated(Exception failure);
}
