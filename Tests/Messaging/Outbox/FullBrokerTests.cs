using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.Messaging.Outbox;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Outbox;

public sealed class FullBrokerTests(Servers servers)
{
    private const int Events = 120;

    /// <summary>A broker that cannot write takes its only log folder offline and ends. Simulated by a file size limit, and by a full disk where one can be mounted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_broker_without_space_only_delays_and_gets_everything_when_it_has_space(bool realDisk)
    {
        Assert.SkipWhen(KafkaBroker.WhyNoRealOne is not null, KafkaBroker.WhyNoRealOne ?? "");
        Assert.SkipWhen(realDisk && SmallDisk.WhyNone is not null, SmallDisk.WhyNone ?? "");
        using var disk = realDisk ? SmallDisk.Mount(100) : null;
        await using var broker = disk is null ? await RealKafka.StartAsync() : await RealKafka.StartInAsync(disk.Folder);
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes(RawRecords.Topic).Handles<Deposited, KeepEntries>());
        await PublishAsync(replica, 1, 10);
        await EntriesAreAsync(replica, 10);
        await Eventually.TrueAsync(async () => await HealthAsync(replica) == HealthStatus.Healthy, "healthy");

        if (disk is null)
            await broker.LimitFilesAsync(3_000_000);
        else
            disk.Fill();
        for (var i = 11; i <= Events; i += 10)
            await PublishAsync(replica, i, i + 9);
        await Eventually.TrueAsync(() => broker.HasExited, "the broker gives up", TimeSpan.FromSeconds(20));
        await Eventually.TrueAsync(async () => await HealthAsync(replica) == HealthStatus.Degraded, "degraded");
        Assert.NotEqual(0, (await replica.Services.GetRequiredService<OutboxOperations>().StatusAsync(default)).Backlog);

        disk?.MakeSpace();
        await broker.StartAgainAsync();
        await EntriesAreAsync(replica, Events);
        await Eventually.TrueAsync(async () => (await replica.Services.GetRequiredService<OutboxOperations>().StatusAsync(default)).Backlog == 0, "all are published");
        await Eventually.TrueAsync(async () => await HealthAsync(replica) == HealthStatus.Healthy, "healthy again");
    }

    private static async Task<HealthStatus> HealthAsync(Replica replica) => (await replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status;

    // Random content: the client compresses.
    private static Task PublishAsync(Replica replica, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
        {
            var ballast = new byte[50_000];
            Random.Shared.NextBytes(ballast);
            db.Publish(new Deposited { Account = "a", Sequence = i, Ballast = ByteString.CopyFrom(ballast) });
        }
        return db.SaveChangesAsync();
    });

    private static async Task EntriesAreAsync(Replica replica, int count)
    {
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= count, $"{count} entries", TimeSpan.FromSeconds(40));
        var sequence = await replica.DoAsync(db => db.Entries.OrderBy(e => e.Id).Select(e => e.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), sequence);
    }
}
