using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Persistence;

/// <summary>Warm-up with a rolled-back transaction.</summary>
public static class Rehearsal
{
    /// <summary>
    /// Runs a typical request once before the service is ready, in a transaction that is rolled back: no row stays, no event is published and no saga starts.
    /// <paramref name="work"/> must not commit a transaction of its own, nor call another service with an effect.
    /// </summary>
    /// <param name="what">For the log, such as "an order".</param>
    /// <param name="work">Receives the services of a new scope, whose <typeparamref name="TDb"/> is in the transaction. SaveChanges follows it.</param>
    public static void AddRehearsal<TDb>(this IHostApplicationBuilder builder, string what, Func<IServiceProvider, CancellationToken, Task> work) where TDb : DbContext =>
        builder.AddWarmUp(what, async (services, cancel) =>
        {
            await services.GetRequiredService<DatabaseReadiness>().WaitAsync(cancel);
            var db = services.GetRequiredService<TDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await work(services, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.RollbackAsync(cancel);
        });
}
