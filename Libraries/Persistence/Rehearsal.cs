using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults;

namespace Shop.Persistence;

public static class Rehearsal
{
    /// <summary>
    /// Has the service do what it does for its callers once before it is ready, in a transaction that is rolled back: nothing is left in the database, no event is
    /// published and no saga starts. What commits a transaction of its own, or calls another service to do something, must not be rehearsed.
    /// </summary>
    /// <param name="what">For the log: "an order".</param>
    /// <param name="work">Gets the services of a scope of its own; its <typeparamref name="TDb"/> is in the transaction.</param>
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
