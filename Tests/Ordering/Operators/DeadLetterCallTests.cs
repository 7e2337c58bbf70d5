using Grpc.Core;
using Shop.Messaging.V1;
using Shop.Ordering.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Ordering.Tests.Operators;

/// <summary>The calls about dead letters that every service answers (<c>MapOperations</c>).</summary>
public sealed class DeadLetterCallTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private OperationsService.OperationsServiceClient Operator => ordering.First.Operations(ordering.Tokens.Operator());

    [Fact]
    public async Task A_discard_keeps_its_reason_and_may_be_repeated()
    {
        var letter = await ParkAsync("a");

        await Operator.DiscardDeadLetterAsync(new() { DeadLetterId = letter, Reason = "made by a test" });
        await Operator.DiscardDeadLetterAsync(new() { DeadLetterId = letter, Reason = "again" });

        Assert.Equal("discarded: made by a test", Assert.Single(await ordering.QueryAsync<string>(
            "select status || ': ' || resolution from messaging.dead_letter where id = @id", new { id = Guid.Parse(letter) })));
    }

    [Fact]
    public async Task A_discard_needs_a_parked_letter_a_reason_and_an_operator()
    {
        var replayed = await ParkAsync("b", "replayed");

        var failure = await FailureAsync(Operator, new() { DeadLetterId = replayed, Reason = "too late" });
        Assert.Equal((StatusCode.FailedPrecondition, "dead_letter_resolved"), (failure.StatusCode, failure.Reason()));
        Assert.Equal(StatusCode.NotFound, (await FailureAsync(Operator, new() { DeadLetterId = Guid.CreateVersion7().ToString(), Reason = "unknown" })).StatusCode);
        Assert.Equal(["reason"], (await FailureAsync(Operator, new() { DeadLetterId = replayed })).FieldErrors().Keys);
        var member = ordering.First.Operations(ordering.Tokens.Member(Guid.CreateVersion7()));
        Assert.Equal(StatusCode.PermissionDenied, (await FailureAsync(member, new() { DeadLetterId = replayed, Reason = "not mine" })).StatusCode);
    }

    [Fact]
    public async Task A_replay_of_many_counts_those_that_it_matches()
    {
        await ParkAsync("c");
        await ParkAsync("d");

        Assert.Equal(1, (await Operator.ReplayDeadLettersAsync(new() { Consumer = "Nobody", Key = "c" })).Count);
        Assert.Equal(0, (await Operator.ReplayDeadLettersAsync(new() { Consumer = "Somebody" })).Count);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("two\nlines")]
    public async Task A_replay_of_many_is_not_asked_for_by_what_no_name_can_be(string name)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => Operator.ReplayDeadLettersAsync(new() { Consumer = name, Key = name }).ResponseAsync);

        Assert.Equal((StatusCode.InvalidArgument, "consumer key"), (failure.StatusCode, string.Join(' ', failure.FieldErrors().Keys.Order(StringComparer.Ordinal))));
    }

    private async Task<string> ParkAsync(string key, string status = "parked")
    {
        var id = Guid.CreateVersion7();
        await ordering.QueryAsync<int>("""
            insert into messaging.dead_letter (id, event_id, consumer, topic, partition, record, key, type, source, occurred_at, payload, reason, attempts, status)
            values (@id, @id, 'Nobody', 'shop.orders.v1', 0, 0, @key, 'shop.tests.v1.Unknown', 'tests', now(), ''::bytea, 'made by a test', 1, @status)
            """, new { id, key, status });
        return id.ToString();
    }

    private static Task<RpcException> FailureAsync(OperationsService.OperationsServiceClient client, DiscardDeadLetterRequest request) =>
        Assert.ThrowsAsync<RpcException>(() => client.DiscardDeadLetterAsync(request).ResponseAsync);
}
