using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Messaging.Outbox;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Outbox;

/// <summary>A relay whose process is paused (SIGSTOP) for longer than its lease, and resumes when another relay has published, and advanced the cursors, beyond its batch.</summary>
public sealed class RelayFencingTests(Servers servers)
{
    private const int Accounts = 8;

    [Theory]
    [InlineData(PausedRelay.Publishing)]
    [InlineData(PausedRelay.Marking)]
    public async Task A_relay_that_stood_still_for_longer_than_its_lease_moves_no_cursor_back_and_nothing_is_skipped_or_out_of_order(string before)
    {
        await using var broker = await servers.BrokerAsync();
        if (broker.IsReal)
            await broker.CreateTopicAsync("shop.testing.v1", 4);
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (await Replica.StartAsync(database, broker.BootstrapServers, _ => { }))
        {
        }
        // Not started: it only writes.
        await using var writer = Replica.Build(database, broker.BootstrapServers, PausedRelay.Messaging);
        await CursorMoves.RecordAsync(writer);
        using var request = new Activity("request").Start();
        await PublishAsync(writer, 1, 20);
        var stale = await PausedProcess.StartAsync(new NpgsqlConnectionStringBuilder(database) { ApplicationName = "stale" }.ConnectionString, broker.BootstrapServers,
            $"relay {before}", until: $"before {before}");

        Replica? successor = null;
        try
        {
            using (new Frozen([stale.Id]))
            {
                await Eventually.TrueAsync(async () => (await writer.QueryAsync<bool>("select bool_and(lease_until < now()) as \"Value\" from messaging.outbox_shard"))[0], "the lease has ended");
                successor = await Replica.StartAsync(database, broker.BootstrapServers, PausedRelay.Messaging, null, PausedRelay.Settings);
                await PublishAsync(writer, 21, 40);
                await AllPublishedAsync(successor);
            }
            // The same relay has shards again, and still the batch that it read before the pause.
            await Eventually.TrueAsync(async () => (await writer.QueryAsync<long>("select count(distinct owner) as \"Value\" from messaging.outbox_shard"))[0] == 2, "it has shards again", TimeSpan.FromSeconds(60));
            await PausedProcess.ResumeAsync(writer);
            await Eventually.TrueAsync(async () => stale.HasExited || await CursorMoves.AttemptsAsync(writer, "stale") > 0, "it has come to move its cursors", TimeSpan.FromSeconds(60));
            Assert.False(stale.HasExited, stale.Output);
            await PublishAsync(writer, 41, 50);
            await AllPublishedAsync(successor);

            Assert.Empty(await CursorMoves.BackAsync(writer));
            using var topic = new TopicReader(broker, "shop.testing.v1");
            await topic.ReadUntilAsync(records => records.Select(record => record.Message.Headers.GetLastBytes("ce_id")).Select(Convert.ToHexString).Distinct().Count() >= 50 * Accounts, "all events", TimeSpan.FromSeconds(60));
            // As consumers apply them: the first copy of each.
            var first = topic.Records.Select(record => Deposited.Parser.ParseFrom(record.Message.Value)).DistinctBy(deposited => (deposited.Account, deposited.Sequence));
            Assert.All(first.GroupBy(deposited => deposited.Account), account => Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), account.Select(deposited => deposited.Sequence)));
        }
        finally
        {
            await stale.EndAsync();
            if (successor is not null)
                await successor.DisposeAsync();
        }
    }

    private static Task PublishAsync(Replica replica, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
        {
            for (var account = 0; account < Accounts; account++)
                db.Publish(new Deposited { Account = $"account-{account}", Sequence = i });
        }
        return db.SaveChangesAsync();
    });

    private static Task AllPublishedAsync(Replica replica) => Eventually.TrueAsync(async () =>
        (await replica.Services.GetRequiredService<OutboxOperations>().StatusAsync(default)).Backlog == 0, "all is published", TimeSpan.FromSeconds(60));
}
