using Confluent.Kafka;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Outbox;
using Shop.Messaging.Tests.V1;
using Shop.Messaging.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Comparison;

public sealed class MissedMessagesTests(Servers servers)
{
    [Fact]
    public async Task What_a_reader_has_lost_is_reported_comes_back_and_the_rest_is_applied_no_second_time()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        await shop.PublishAsync(1, 10);
        await shop.HasAsync(10);
        await shop.LoseAsync(3, 4, 10);

        await shop.CompareAsync();

        await shop.HasAsync(10);
        await ResultIsAsync(shop, published: 10, missing: 3, requested: 3);

        // Again: nothing is missing, and what was requested is still known.
        await Eventually.TrueAsync(async () =>
        {
            await shop.CompareAsync();      // does nothing until the day is due again
            return (await shop.ResultsAsync()).All(result => result.Missing == 0);
        }, "the day is compared again", TimeSpan.FromSeconds(25));
        await ResultIsAsync(shop, published: 10, missing: 0, requested: 3);
        await shop.PublishAsync(11, 11);
        await shop.HasAsync(11);
    }

    [Fact]
    public async Task What_a_topic_has_lost_is_published_again()
    {
        var broker = await servers.BrokerAsync();
        if (broker.IsReal)
            await broker.CreateTopicAsync(ComparedShop.Topic, 4);
        await using var shop = await ComparedShop.PublisherAsync(servers, broker, broker.BootstrapServers);
        await shop.PublishAsync(1, 5);
        using (var topic = new TopicReader(broker, ComparedShop.Topic))
        {
            await topic.ReadUntilAsync(records => records.Count >= 5, "all are on the topic");
            // For the reader they never were: its group begins behind them.
            using var group = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = "reader" }).Build();
            group.Commit(topic.Records.GroupBy(record => record.TopicPartition).Select(partition => new TopicPartitionOffset(partition.Key, partition.Max(record => record.Offset.Value) + 1)));
        }
        await shop.StartReaderAsync(messaging => messaging.Handles<Deposited, KeepEntries>());
        await shop.PublishAsync(6, 6);
        await Eventually.TrueAsync(async () => (await shop.EntriesAsync()).Count > 0, "the reader reads", TimeSpan.FromSeconds(25));
        Assert.Equal([6L], await shop.EntriesAsync());

        await shop.CompareAsync();

        await shop.HasAsync(6);
        await ResultIsAsync(shop, published: 6, missing: 5, requested: 5);
    }

    [Fact]
    public async Task A_day_without_events_and_an_outbox_without_them_have_nothing_missing()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        await shop.CompareAsync();
        await ResultIsAsync(shop, published: 0, missing: 0, requested: 0);

        await shop.PublishAsync(1, 3);
        await shop.HasAsync(3);
        await shop.Publisher.DoAsync(db => db.Database.ExecuteSqlAsync($"delete from messaging.outbox"));
        await shop.CompareAsync();
        await ResultIsAsync(shop, published: 0, missing: 0, requested: 0);
    }

    [Fact]
    public async Task Several_comparisons_at_once_bring_each_event_back_once()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        await shop.PublishAsync(1, 20);
        await shop.HasAsync(20);
        await shop.LoseAsync([.. Enumerable.Range(1, 15)]);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shop.CompareAsync()));

        await shop.HasAsync(20);
        await shop.PublishAsync(21, 21);   // behind every copy
        await shop.HasAsync(21);
    }

    /// <summary>The gateway, a publisher or a reader: for the day it is the same.</summary>
    [Theory]
    [InlineData("FindMissed")]
    [InlineData("RepublishEvents")]
    [InlineData("RecordComparison")]
    public async Task A_process_that_dies_during_a_comparison_leaves_it_to_the_next_one(string before)
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        await shop.PublishAsync(1, 10);
        await shop.HasAsync(10);
        await shop.LoseAsync(5);
        (shop.ReaderCalls.DiesBefore, shop.PublisherCalls.DiesBefore) = (before, before);

        await shop.CompareAsync();
        Assert.Empty(await shop.ResultsAsync());

        await Eventually.TrueAsync(async () =>
        {
            await shop.CompareAsync();
            return (await shop.ResultsAsync()).Count == 1;
        }, "the claim has ended", TimeSpan.FromSeconds(25));
        await shop.HasAsync(10);
        await shop.PublishAsync(11, 11);
        await shop.HasAsync(11);
    }

    [Fact]
    public async Task Events_that_are_not_published_yet_are_not_missing()
    {
        var broker = await servers.BrokerAsync();
        await using var shop = await ComparedShop.PublisherAsync(servers, broker, "localhost:1");
        await shop.PublishAsync(1, 5);
        await shop.StartReaderAsync(messaging => messaging.Handles<Deposited, KeepEntries>());

        await shop.CompareAsync();

        await ResultIsAsync(shop, published: 0, missing: 0, requested: 0, unpublished: 5);
        // Their turn comes: out of turn they would come behind later events of their keys.
        Assert.Equal(0, (await shop.PublisherCalls.RepublishEventsAsync(new() { EventIds = { (await shop.IdsAsync()).Select(id => id.ToString()) } })).Count);
    }

    [Fact]
    public async Task Parked_events_are_not_missing()
    {
        await using var shop = await ComparedShop.StartAsync(servers, new(@event => @event.Sequence == 2, _ => new FormatException("cannot read this")));
        await shop.PublishAsync(1, 3);
        await Eventually.TrueAsync(async () => (await shop.Reader.QueryAsync<long>("select count(*) as \"Value\" from messaging.dead_letter"))[0] == 2, "two are parked", TimeSpan.FromSeconds(25));

        await shop.CompareAsync();

        await ResultIsAsync(shop, published: 3, missing: 0, requested: 0);
    }

    [Fact]
    public async Task A_handler_that_is_added_later_does_not_get_the_events_from_before_it_existed()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        await shop.PublishAsync(1, 3);
        await shop.HasAsync(3);
        await shop.CompareAsync();

        await shop.StartReaderAsync(messaging => messaging.Handles<Deposited, KeepEntries>().Handles<Deposited, KeepBalance>());
        await shop.LoseAsync(1);
        await shop.CompareAsync();

        await shop.HasAsync(3);
        Assert.Equal([nameof(KeepEntries)], (await shop.ResultsAsync()).Select(result => result.Consumer));
    }

    [Fact]
    public async Task A_day_that_is_not_over_for_an_hour_is_not_compared_and_one_that_agreed_is_compared_once()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        await shop.StartReaderAsync(messaging => messaging.Handles<Deposited, KeepEntries>(), null, ("Messaging:Comparison:After", "1.01:00:00"));
        await shop.CompareAsync();

        Assert.Empty(await shop.ResultsAsync());
        var days = await shop.Reader.QueryAsync<DateOnly>("select day as \"Value\" from messaging.compared_day where due_at = 'infinity'");
        Assert.InRange(days.Count, 2, 3);   // the last of them may have ended within the hour
        Assert.DoesNotContain(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), days);
        Assert.Equal("", (await shop.ReaderCalls.ClaimComparisonAsync(new())).Day);
    }

    /// <summary>As when the only handler was renamed today: the days before have nothing to compare.</summary>
    [Fact]
    public async Task A_day_that_was_closed_without_results_counts_as_compared()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        var claim = await shop.ReaderCalls.ClaimComparisonAsync(new());
        Assert.False((await shop.ReaderCalls.ListComparisonsAsync(new() { Day = claim.Day })).Compared);

        await shop.ReaderCalls.RecordComparisonAsync(new() { Day = claim.Day, ClaimId = claim.ClaimId });

        Assert.True((await shop.ReaderCalls.ListComparisonsAsync(new() { Day = claim.Day })).Compared);
    }

    /// <summary>As order-history, whose package is shop.orderhistory.v1.</summary>
    [Fact]
    public async Task A_publisher_whose_name_has_a_hyphen_is_found_by_the_package_of_its_events()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        await shop.PublishAsync(1, 3);
        await shop.HasAsync(3);
        await shop.LoseAsync(2);

        await shop.CompareAsync(publisher: "test-ing");

        await shop.HasAsync(3);
        await ResultIsAsync(shop, published: 3, missing: 1, requested: 1);
    }

    /// <summary>Claimed and never closed, as when each comparison of the day fails.</summary>
    [Fact]
    public async Task A_day_that_fails_each_time_goes_behind_the_others()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        var claimed = new List<string>();

        for (var i = 0; i < 5; i++)
        {
            claimed.Add((await shop.ReaderCalls.ClaimComparisonAsync(new())).Day);
            await Eventually.TrueAsync(async () => (await shop.Reader.QueryAsync<bool>("select bool_and(due_at <= now()) as \"Value\" from messaging.compared_day"))[0],
                "all claims have ended", TimeSpan.FromSeconds(25));
        }

        // Today and the three days before it, the oldest first, and then again.
        Assert.Equal(claimed[..4].Distinct().Order(StringComparer.Ordinal), claimed[..4]);
        Assert.Equal(claimed[0], claimed[4]);
    }

    [Fact]
    public async Task A_day_is_due_until_nothing_of_it_is_missing_or_unpublished_and_only_its_claim_closes_it()
    {
        await using var shop = await ComparedShop.StartAsync(servers);
        var claimed = await shop.ReaderCalls.ClaimComparisonAsync(new());   // the oldest day: it is over

        await RecordAsync(Guid.CreateVersion7().ToString(), new());
        var before = await shop.ReaderCalls.ListComparisonsAsync(new() { Day = claimed.Day });
        Assert.Equal((0, false), (before.Results.Count, before.Compared));
        await RecordAsync(claimed.ClaimId, new() { Missing = 1 });
        Assert.False(await IsClosedAsync());
        await RecordAsync(claimed.ClaimId, new() { Unpublished = 1 });
        Assert.False(await IsClosedAsync());
        await RecordAsync(claimed.ClaimId, new() { Published = 1 });
        Assert.True(await IsClosedAsync());
        var after = await shop.ReaderCalls.ListComparisonsAsync(new() { Day = claimed.Day });
        Assert.Equal((1, true), (Assert.Single(after.Results).Published, after.Compared));

        async Task RecordAsync(string claim, ComparedEvents result)
        {
            (result.Consumer, result.Kind) = (nameof(KeepEntries), new() { Topic = ComparedShop.Topic, Type = "shop.testing.v1.Deposited" });
            await shop.ReaderCalls.RecordComparisonAsync(new() { Day = claimed.Day, ClaimId = claim, Results = { result } });
        }

        async Task<bool> IsClosedAsync() =>
            (await shop.Reader.QueryAsync<bool>($"select due_at = 'infinity' as \"Value\" from messaging.compared_day where day = '{claimed.Day}'"))[0];
    }

    [Fact]
    public async Task An_event_that_is_published_again_goes_before_later_events_of_its_key()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        if (broker.IsReal)
            await broker.CreateTopicAsync(ComparedShop.Topic, 4);
        static void Messaging(MessagingBuilder messaging) => messaging.Publishes(ComparedShop.Topic);
        await using (var first = await Replica.StartAsync(database, broker.BootstrapServers, Messaging))
        {
            await PublishAsync(first, 1, 2);
            await Eventually.TrueAsync(async () => (await first.Services.GetRequiredService<OutboxOperations>().StatusAsync(default)).Backlog == 0, "both are published");
        }

        // Not started: nothing is published between the two.
        await using (var writer = Replica.Build(database, broker.BootstrapServers, Messaging))
        {
            await PublishAsync(writer, 3, 3);
            var second = (await writer.QueryAsync<Guid>("select event_id as \"Value\" from messaging.outbox order by position"))[1];
            Assert.Equal(1, (await new LocalOperations(writer).RepublishEventsAsync(new() { EventIds = { second.ToString() } })).Count);
        }

        await using var replica = await Replica.StartAsync(database, broker.BootstrapServers, Messaging);
        using var topic = new TopicReader(broker, ComparedShop.Topic);
        await topic.ReadUntilAsync(records => records.Count >= 4, "all, and one again");
        Assert.Equal([1, 2, 2, 3], topic.Records.Select(record => Deposited.Parser.ParseFrom(record.Message.Value).Sequence));
        Assert.Equal(3, topic.Records.Select(record => Convert.ToHexString(record.Message.Headers.GetLastBytes("ce_id"))).Distinct().Count());
    }

    [Fact]
    public async Task Requests_that_make_no_sense_are_refused_with_all_that_is_wrong()
    {
        await using var shop = await ComparedShop.StartAsync(servers);

        var failure = await Assert.ThrowsAsync<Shop.ServiceDefaults.Errors.InvalidException>(async () =>
            await shop.PublisherCalls.ListPublishedIdsAsync(new() { Day = "yesterday", Kind = new EventKind { Topic = "shop.stray.v1", Type = "x" }, PageSize = 5_001 }));
        Assert.Equal(["day", "kinds", "pageSize"], failure.Errors.Keys.Order());
        failure = await Assert.ThrowsAsync<Shop.ServiceDefaults.Errors.InvalidException>(async () =>
            await shop.ReaderCalls.FindMissedAsync(new() { Consumer = "Nobody", EventIds = { "1" } }));
        Assert.Equal(["consumer", "eventIds[0]"], failure.Errors.Keys.Order());
    }

    private static Task PublishAsync(Replica replica, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
            db.Publish(new Deposited { Account = "a", Sequence = i });
        return db.SaveChangesAsync();
    });

    private static async Task ResultIsAsync(ComparedShop shop, long published, long missing, long requested, long unpublished = 0)
    {
        var result = Assert.Single(await shop.ResultsAsync());
        Assert.Equal((nameof(KeepEntries), "shop.testing.v1.Deposited", published, unpublished, missing, requested),
            (result.Consumer, result.Kind.Type, result.Published, result.Unpublished, result.Missing, result.Requested));
        Assert.Equal(requested > 0, result.RequestedAt is not null);
    }
}
