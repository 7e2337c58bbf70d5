using Dapper;
using Npgsql;
using Shop.Ordering.Idempotency;
using Shop.Ordering.Tests.Running;
using Shop.Testing;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Idempotency;

public sealed class KeyPartitionTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();

    [Fact]
    public async Task A_key_is_kept_for_24_hours_and_free_after_them()
    {
        var first = await PlaceAsync("kept");

        ordering.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5));
        Assert.Equal(first, await PlaceAsync("kept"));

        ordering.Clock.Advance(TimeSpan.FromMinutes(6));
        var second = await PlaceAsync("kept");
        Assert.NotEqual(first, second);
        Assert.Equal(second, await PlaceAsync("kept"));
    }

    [Fact]
    public async Task Around_midnight_too_one_of_many_at_once_gets_the_key()
    {
        await RunOnceAsync();
        var midnight = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date.AddDays(1), TimeSpan.Zero);

        for (var round = 0; round < 5; round++)
        {
            var inserted = await Task.WhenAll(Enumerable.Range(-10, 20).Select(i => InsertAsync($"midnight-{round}", midnight.AddMilliseconds(i * 50))));
            Assert.Equal(1, inserted.Sum());
        }

        // And both days were there to be chosen from.
        await InsertAsync("yesterday", midnight.AddMinutes(-1));
        await InsertAsync("today", midnight.AddMinutes(1));
        Assert.Equal([2], await ordering.QueryAsync<int>(
            "select count(distinct tableoid)::int from answered_requests where key in ('yesterday', 'today') and member_id = @_member", new { _member }));
    }

    [Fact]
    public async Task Days_come_ahead_and_go_as_a_whole_and_a_key_without_a_day_counts_as_well()
    {
        await InsertAsync("long-ago", TimeProvider.System.GetUtcNow().AddDays(-10));
        ordering.Clock.Advance(TimeSpan.FromDays(10));
        var first = await PlaceAsync("no day yet");
        Assert.Contains("answered_requests_default", await TablesAsync());
        Assert.Equal(first, await PlaceAsync("no day yet"));

        await RunOnceAsync();

        var (today, then) = (TimeProvider.System.GetUtcNow().Date, ordering.Clock.GetUtcNow().Date);
        Assert.Equal(
            [$"answered_requests_{today:yyyyMMdd}", $"answered_requests_{today.AddDays(1):yyyyMMdd}", $"answered_requests_{then:yyyyMMdd}", "answered_requests_default"],
            await ordering.QueryAsync<string>("select inhrelid::regclass::text name from pg_inherits where inhparent = 'answered_requests'::regclass order by 1"));
        Assert.Equal([$"answered_requests_{then:yyyyMMdd}"], await TablesAsync());
        Assert.Equal(first, await PlaceAsync("no day yet"));
    }

    /// <summary>As after two days in which nothing ran: today's keys are in the default partition, and more come all the time.</summary>
    [Fact]
    public async Task A_day_that_comes_too_late_is_made_while_keys_keep_coming_and_no_order_fails()
    {
        await RunOnceAsync();
        await ordering.QueryAsync<int>($"drop table answered_requests_{TimeProvider.System.GetUtcNow():yyyyMMdd}; select 1");
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await InsertAsync($"late-{writer}-{i}", TimeProvider.System.GetUtcNow());
                Interlocked.Increment(ref written);
            }
        })).ToList();
        await Eventually.TrueAsync(() => Volatile.Read(ref written) > 100 || writers.Exists(writer => writer.IsFaulted), "keys are in the default partition");

        await RunOnceAsync();
        var then = Volatile.Read(ref written);
        await Eventually.TrueAsync(() => Volatile.Read(ref written) > then + 100 || writers.Exists(writer => writer.IsFaulted), "writers go on");
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal([$"answered_requests_{TimeProvider.System.GetUtcNow():yyyyMMdd}"], await TablesAsync());
        Assert.Equal([written], await ordering.QueryAsync<int>("select count(*)::int from answered_requests where member_id = @_member", new { _member }));
    }

    private async Task<string> PlaceAsync(string key) => (await ordering.As(_member).PlaceOrderAsync(Request(key.Replace(' ', '-')))).OrderId;

    /// <summary>As many replicas would, with clocks that do not agree. 1 if it went in.</summary>
    private async Task<int> InsertAsync(string key, DateTimeOffset at)
    {
        await using var connection = await ordering.OpenAsync();
        try
        {
            return await connection.ExecuteAsync("insert into answered_requests values (@_member, @key, '', uuidv7(), '', @at)", new { _member, key, at });
        }
        catch (PostgresException failure) when (failure.ConstraintName == AnsweredRequestTable.Once)
        {
            return 0;
        }
    }

    private Task<List<string>> TablesAsync() =>
        ordering.QueryAsync<string>("select distinct tableoid::regclass::text from answered_requests where member_id = @_member", new { _member });

    private Task RunOnceAsync() => ordering.First.Services.RunOnceAsync(TestContext.Current.CancellationToken);
}
