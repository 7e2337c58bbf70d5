using Microsoft.EntityFrameworkCore;
using Shop.Messaging.Outbox;

namespace Shop.Messaging.Tests.Outbox;

/// <summary>Frequent queries cost the same at the end of a busy day as at its beginning.</summary>
public sealed class PlanTests(Servers servers)
{
    public static TheoryData<string> Queries => new(ShardLeases.UnreadSql, OutboxReader.Sql);

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_query_of_the_outbox_uses_its_index_however_much_was_published_today(string query)
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), "localhost:1", _ => { });
        await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("""
            insert into messaging.outbox (event_id, shard, topic, key, type, payload)
            select uuidv7(), n % 16, 'shop.testing.v1', n::text, 'shop.testing.v1.Deposited', '\x0102030405060708'::bytea from generate_series(1, 20000) n;
            """));
        await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("update messaging.outbox_shard set read_to = pg_current_snapshot(); analyze messaging.outbox;"));

        query = query.Replace("any($1)", "any(array[0, 1, 2, 3]::smallint[])").Replace("$1", $"'{Guid.Empty}'").Replace("$2", "1000");
        var plan = await replica.QueryAsync<string>($"explain (costs off) {query}");

        // Other days' partitions are empty.
        Assert.DoesNotContain(plan, line => line.Contains($"Seq Scan on outbox_{TimeProvider.System.GetUtcNow():yyyyMMdd}"));
        Assert.Contains(plan, line => line.Contains("_shard_xact_idx"));
    }
}
