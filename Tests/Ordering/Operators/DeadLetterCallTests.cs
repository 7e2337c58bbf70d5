using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.V1;
using Shop.Ordering.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Shipping.V1;

namespace Shop.Ordering.Tests.Operators;

/// <summary>The calls about dead letters that every service answers (<c>MapOperations</c>).</summary>
public sealed class DeadLetterCallTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private static readonly byte[] Broken = [10, 200, 1, 2];

    private OperationsService.OperationsServiceClient Operator => ordering.First.Operations(ordering.Tokens.Operator());

    [Fact]
    public async Task One_letter_has_its_payload_as_json_and_where_it_came_from()
    {
        var letter = await ParkAsync("one", payload: Dispatched.ToByteArray(), handled: true);

        var answer = await Operator.GetDeadLetterAsync(new() { DeadLetterId = letter });

        Assert.Equal((letter, "one", "shop.shipping.v1.ShipmentDispatched", "made by a test"), (answer.Letter.DeadLetterId, answer.Letter.Key, answer.Letter.Type, answer.Letter.Reason));
        Assert.Equal(("tests", 3, 42, "parked"), (answer.Source, answer.Partition, answer.Offset, answer.Status));
        Assert.Equal((null, "", ""), (answer.ResolvedAt, answer.ResolvedBy, answer.Resolution));
        // Also what is empty: that may be the mistake.
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            { "shipmentId": "", "orderId": "<script>주문</script>", "memberId": "", "trackingNumber": "", "dispatchedAt": "2026-11-20T10:00:00Z" }
            """), JsonNode.Parse(answer.PayloadJson)), answer.PayloadJson);
        Assert.Equal((Dispatched.CalculateSize(), 0), (answer.PayloadSize, answer.Payload.Length));
        Assert.DoesNotContain("at Shop.Secret", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_letter_says_what_became_of_it()
    {
        var letter = await ParkAsync("resolved");
        await Operator.DiscardDeadLetterAsync(new() { DeadLetterId = letter, Reason = "made by a test" });

        var answer = await Operator.GetDeadLetterAsync(new() { DeadLetterId = letter });

        Assert.Equal(("discarded", "made by a test"), (answer.Status, answer.Resolution));
        Assert.True(Guid.TryParse(answer.ResolvedBy, out _), answer.ResolvedBy);
        Assert.NotNull(answer.ResolvedAt);
    }

    /// <summary>Broken: a length beyond the end. Not writable: a time outside of those that JSON has. Unknown: no handler has this type (any more).</summary>
    [Theory]
    [InlineData("broken", true)]
    [InlineData("unwritable", true)]
    [InlineData("unknown", false)]
    public async Task A_payload_that_cannot_be_read_is_given_as_it_is(string key, bool handled)
    {
        var payload = key == "unwritable" ? new ShipmentDispatched { DispatchedAt = new() { Seconds = long.MaxValue } }.ToByteArray() : Broken;
        var letter = await ParkAsync(key, payload: payload, handled: handled);

        var answer = await Operator.GetDeadLetterAsync(new() { DeadLetterId = letter });

        Assert.Equal(("", payload.Length), (answer.PayloadJson, answer.PayloadSize));
        Assert.Equal(payload, answer.Payload);
    }

    [Fact]
    public async Task A_payload_with_fields_that_the_service_does_not_know_is_given_both_ways()
    {
        var unknown = new ShipmentDispatched { OrderId = "a" }.ToByteArray().Concat<byte>([0xF8, 0x3F, 0x01]).ToArray();   // field 1023
        var letter = await ParkAsync("newer", payload: unknown, handled: true);

        var answer = await Operator.GetDeadLetterAsync(new() { DeadLetterId = letter });

        Assert.Equal("a", JsonNode.Parse(answer.PayloadJson)!["orderId"]!.GetValue<string>());
        Assert.Equal(unknown, answer.Payload);
    }

    /// <summary>At most 65,536 characters of JSON, and otherwise at most as many bytes.</summary>
    [Theory]
    [InlineData(60_000, true, 60_000, true, false)]
    [InlineData(65_500, true, 65_504, false, true)]
    [InlineData(65_536, true, 65_540, false, false)]
    [InlineData(65_536, false, 65_536, false, true)]
    [InlineData(65_537, false, 65_537, false, false)]
    public async Task A_payload_that_is_too_long_is_left_out(int length, bool handled, int size, bool hasJson, bool hasBytes)
    {
        var payload = handled ? new ShipmentDispatched { OrderId = new('x', length) }.ToByteArray() : new byte[length];
        var letter = await ParkAsync($"long {length} {handled}", payload: payload, handled: handled);

        var answer = await Operator.GetDeadLetterAsync(new() { DeadLetterId = letter });

        Assert.Equal((hasJson, hasBytes ? size : 0), (answer.PayloadJson.Length > 0, answer.Payload.Length));
        Assert.Equal(payload.Length, answer.PayloadSize);
    }

    [Fact]
    public async Task One_letter_is_for_operators_and_an_unknown_one_is_not_found()
    {
        var letter = await ParkAsync("members");
        var member = ordering.First.Operations(ordering.Tokens.Member(Guid.CreateVersion7()));

        Assert.Equal(StatusCode.PermissionDenied, (await GetFailureAsync(member, letter)).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await GetFailureAsync(Operator, Guid.CreateVersion7().ToString())).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await GetFailureAsync(Operator, "no id")).StatusCode);
    }

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
    public async Task Discards_at_the_same_time_have_the_same_answer()
    {
        for (var round = 0; round < 10; round++)
        {
            var letter = await ParkAsync($"same {round}");

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Operator.DiscardDeadLetterAsync(new() { DeadLetterId = letter, Reason = "made by a test" }).ResponseAsync));
        }
    }

    [Fact]
    public async Task Of_replays_at_the_same_time_one_handles_the_event_and_the_others_are_told_that_it_is_resolved()
    {
        for (var round = 0; round < 5; round++)
        {
            var letter = await ParkAsync($"race {round}", payload: new ShipmentDispatched { OrderId = await ConfirmedOrderAsync(), DispatchedAt = DateTimeOffset.UnixEpoch.ToTimestamp() }.ToByteArray(), handled: true);

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            {
                try
                {
                    return $"{(await Operator.ReplayDeadLetterAsync(new() { DeadLetterId = letter })).Replayed}";
                }
                catch (RpcException failure)
                {
                    return failure.Reason();
                }
            }));

            Assert.Equal(["1", "dead_letter_resolved", "dead_letter_resolved", "dead_letter_resolved"], answers.Order(StringComparer.Ordinal));
        }
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

    private static ShipmentDispatched Dispatched => new() { OrderId = "<script>주문</script>", DispatchedAt = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero).ToTimestamp() };

    private async Task<string> ConfirmedOrderAsync()
    {
        await using var scope = ordering.First.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingDb>();
        var order = SomeOrder.Place(TimeProvider.System.GetUtcNow(), SomeOrder.Line(1, 1_000));
        db.Add(order);
        await db.SaveChangesAsync();
        await ordering.QueryAsync<int>("update orders set status = 'confirmed' where id = @id returning 1", new { id = order.Id });
        return $"{order.Id}";
    }

    /// <param name="handled">By a handler that Ordering has; otherwise by one that it does not have.</param>
    private async Task<string> ParkAsync(string key, string status = "parked", byte[]? payload = null, bool handled = false)
    {
        var id = Guid.CreateVersion7();
        var (consumer, type) = handled ? ("FollowShipment", ShipmentDispatched.Descriptor.FullName) : ("Nobody", "shop.tests.v1.Unknown");
        await ordering.QueryAsync<int>("""
            insert into messaging.dead_letter (id, event_id, consumer, topic, partition, record, key, type, source, occurred_at, payload, reason, stack, attempts, status)
            values (@id, @id, @consumer, 'shop.orders.v1', 3, 42, @key, @type, 'tests', now(), @payload, 'made by a test', 'at Shop.Secret()', 1, @status)
            """, new { id, consumer, key, type, payload = payload ?? [], status });
        return id.ToString();
    }

    private static Task<RpcException> GetFailureAsync(OperationsService.OperationsServiceClient client, string id) =>
        Assert.ThrowsAsync<RpcException>(() => client.GetDeadLetterAsync(new() { DeadLetterId = id }).ResponseAsync);

    private static Task<RpcException> FailureAsync(OperationsService.OperationsServiceClient client, DiscardDeadLetterRequest request) =>
        Assert.ThrowsAsync<RpcException>(() => client.DiscardDeadLetterAsync(request).ResponseAsync);
}
