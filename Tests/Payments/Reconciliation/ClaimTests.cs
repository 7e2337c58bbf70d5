using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Payments.Reconciliation;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Reconciliation;

public sealed class ClaimTests(RunningPayments running)
{
    /// <summary>Otherwise both replicas would reconcile the same charge at the same time.</summary>
    [Theory]
    [InlineData(0, 5)]
    [InlineData(-5, 0)]
    public async Task A_claim_of_one_replica_holds_for_others_whatever_their_clocks_say(int minutesOfTheFirst, int minutesOfTheSecond)
    {
        var database = await running.NewDatabaseAsync("payments");
        await using var services = new ServiceCollection()
            .AddDbContext<PaymentsDb>(options => options.UseNpgsql(database))
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
        await db.Database.ExecuteSqlAsync($"create table intents (order_id uuid primary key, reconcile_at timestamptz, reconcile_attempts integer not null)");
        var due = Guid.CreateVersion7();
        await db.Database.ExecuteSqlAsync($"insert into intents values ({due}, now() - interval '10 minutes', 0)");

        Assert.Equal([due], await ClaimAsync(minutesOfTheFirst));
        Assert.Empty(await ClaimAsync(minutesOfTheSecond));

        Task<List<Guid>> ClaimAsync(int minutes)
        {
            var clock = new ShiftedClock();
            clock.Advance(TimeSpan.FromMinutes(minutes));
            return new Reconciler(services.GetRequiredService<IServiceScopeFactory>(), null!, Options.Create(new ReconciliationOptions()), clock, NullLogger<Reconciler>.Instance)
                .ClaimAsync(TestContext.Current.CancellationToken);
        }
    }
}
