using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Intents;

public sealed class RetentionTests(RunningPayments running)
{
    [Fact]
    public async Task Old_attempts_are_purged()
    {
        await using var payments = await running.NewReplicaAsync(("Database__HousekeepingInterval", "00:00:00.200"));
        var order = TestOrder.With("tok_ok");
        await payments.AuthoriseAsync(order);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var days in new[] { 549, 551 })
        {
            await running.Database.ExecuteAsync(
                $"insert into attempts (id, order_id, step, outcome, at, took) values ('{Guid.CreateVersion7(now.AddDays(-days))}', '{order.Id}', '{days} days', 'unknown', now(), '0')");
        }

        await running.Database.ExecuteAsync("insert into seen_webhooks (event_id, seen_at) values ('evt_old', now() - interval '1 day'), ('evt_new', now())");

        await Eventually.TrueAsync(
            async () => (await running.Database.AttemptsOfAsync(order.Id)).SequenceEqual(["549 days unknown", "authorise authorised"]), "the older one is gone");
        await Eventually.TrueAsync(async () => (await running.Database.QueryAsync<string>("select event_id from seen_webhooks where event_id in ('evt_old', 'evt_new')")).SequenceEqual(["evt_new"]), "so is the older webhook");
    }
}
