using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Persistence.Schema;
using Shop.Sagas;
using Shop.Sagas.Definition;
using Shop.Sagas.Engine;
using Shop.Sagas.Store;

namespace Shop.Sagas.Tests;

/// <summary>A saga's run whose process dies in the middle of a step: what was not written is lost.</summary>
internal static class DyingRun
{
    /// <param name="replica">Built, not started: only this run is active. Its lease has ended when this returns.</param>
    /// <param name="at">The step during which it dies: it was called, and its outcome is lost.</param>
    public static async Task OfAsync(Replica replica, Steps steps, Guid saga, string at)
    {
        using var death = new CancellationTokenSource();
        steps.On(at, async (_, cancel) =>
        {
            await death.CancelAsync();
            cancel.ThrowIfCancellationRequested();
            return StepResult.Done;
        });

        var store = replica.Services.GetRequiredService<SagaStore>();
        var writer = replica.Services.GetRequiredService<SagaWriter>();
        var writing = writer.RunAsync();
        await replica.EndLeaseAsync(saga);
        var claim = Assert.Single(await store.ClaimAsync(1, default));
        await using (var scope = replica.Services.CreateAsyncScope())
        {
            var journal = new DatabaseJournal(replica.Services.GetRequiredService<ServiceDatabase>().Of(scope.ServiceProvider), writer, store);
            var definition = replica.Services.GetRequiredService<SagaCatalog>().Bind(claim.Type, scope.ServiceProvider);
            var run = new SagaRun(claim, definition, journal, new SagaOptions(), TimeProvider.System, NullLogger.Instance);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.RunAsync(CancellationToken.None, death.Token));
        }
        writer.Complete();
        await writing;
        await replica.EndLeaseAsync(saga);
    }

    public static Task EndLeaseAsync(this Replica replica, Guid saga) => replica.SetAsync(saga, "lease_until = now()");

    public static Task PassDeadlineAsync(this Replica replica, Guid saga) => replica.SetAsync(saga, "started_at = now() - interval '1 hour'");

    private static Task SetAsync(this Replica replica, Guid saga, string what) => replica.QueryAsync<int>($"with set as (update sagas.saga set {what} where id = '{saga}' returning 1) select 1 as \"Value\" from set");
}
